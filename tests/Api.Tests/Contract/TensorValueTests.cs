using System.Text;
using System.Text.Json;
using Backprop.Client;
using Backprop.Client.Derivatives;
using Backprop.Client.Values;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Contract;

public class TensorValueTests
{
    [Theory]
    [InlineData("2", "")]
    [InlineData("[]", "0")]
    [InlineData("[[],[]]", "2,0")]
    [InlineData("[[1,2,3],[4,5,6]]", "2,3")]
    [InlineData("[[[0.5]],[[\"NaN\"]]]", "2,1,1")]
    [InlineData("[[true,false]]", "1,2")]
    [InlineData("""{"shape":[2,2],"dtype":"float32","data":[1,2,0.1,"-Infinity"]}""", "2,2")]
    [InlineData("""{"shape":[],"dtype":"int64","data":[7]}""", "")]
    [InlineData("""{"shape":[2,2],"dtype":"float32","base64":"AACAPwAAAEAAAEBAAACAQA=="}""", "2,2")]
    [InlineData("""{"shape":[2],"dtype":"bool","base64":"AQA="}""", "2")]
    [InlineData("9223372036854775807", "")]
    [InlineData("-0", "")]
    [InlineData("[1E+300,5E-324,0.1]", "3")]
    public void WhatIsReadIsWrittenAgain(string json, string shape)
    {
        TensorValue value = Bodies.Read<TensorValue>(json);

        string.Join(',', value.Shape.ToArray()).ShouldBe(shape);
        JsonSerializer.Serialize(value, Bodies.Options).ShouldBe(json);
    }

    [Theory]
    [InlineData("[[1,2],[3]]", "", "row [1] has 1 element, row [0] has 2")]
    [InlineData("[[[1],[2]],[[3]]]", "", "row [1] has 1 element, row [0] has 2")]
    [InlineData("[[1],2]", "", "The value at [1] must be an array; got a number")]
    [InlineData("[1,[2]]", "", "The value at [1] must be a number; got an array")]
    [InlineData("[[],[[]]]", "", "The value at [1][0] must be a number; got an array")]
    [InlineData("[[1,2],[3,true]]", "", "booleans. Position: [1][1]")]
    [InlineData("[true,1]", "", "booleans. Position: [1]")]
    [InlineData("[1,null]", "", "got null")]
    [InlineData("[1,-1e400]", "", "Position: [1]")]
    [InlineData("\"nan\"", "", "\"NaN\"")]
    [InlineData("null", "", "must not be null")]
    [InlineData("{}", ".shape", "required")]
    [InlineData("""{"shape":[2]}""", "", "exactly one of")]
    [InlineData("""{"shape":[0],"data":[],"base64":""}""", "", "exactly one of")]
    [InlineData("""{"shape":[2],"data":[1,2,3]}""", ".data", "has 2 elements; the data have 3")]
    [InlineData("""{"shape":[1,1],"data":[[1]]}""", ".data[0]", "got an array")]
    [InlineData("""{"shape":[1],"shape":[1],"data":[1]}""", ".shape", "twice")]
    [InlineData("""{"shape":[1],"dats":[1]}""", ".dats", "Unknown member")]
    [InlineData("""{"shape":[-1],"data":[1]}""", ".shape[0]", "whole number from 0")]
    [InlineData("""{"shape":[1.5],"data":[1]}""", ".shape[0]", "whole number from 0")]
    [InlineData("""{"shape":[1000000,1000000],"data":[]}""", ".shape", "1000000000000 elements; the limit is 1048576")]
    [InlineData("""{"shape":[2000000000,2000000000,2000000000],"base64":""}""", ".shape", "the limit is 1048576")]
    [InlineData("""{"shape":[2000000000,0],"data":[]}""", ".shape", "the limit is 1048576")]
    [InlineData("""{"shape":[1],"dtype":"float16","data":[1]}""", ".dtype", "one of")]
    [InlineData("""{"shape":[1],"dtype":"float32","data":[1e39]}""", ".data[0]", "exceeds the range of float32")]
    [InlineData("""{"shape":[1],"dtype":"int64","data":[1.5]}""", ".data[0]", "not an int64")]
    [InlineData("""{"shape":[1],"dtype":"bool","data":[1]}""", ".data", "the data are numbers")]
    [InlineData("""{"shape":[1],"data":[true],"dtype":"float64"}""", ".data", "the data are booleans")]
    [InlineData("""{"shape":[1],"dtype":"bool","base64":"Ag=="}""", ".base64", "0 or 1")]
    [InlineData("""{"shape":[1],"base64":"AACAPw=="}""", ".base64", "require 8 bytes; the base64 has 4")]
    [InlineData("""{"shape":[1],"base64":"????"}""", ".base64", "not valid base64")]
    public void WhatIsNoTensorIsRefused(string json, string place, string message)
    {
        (string Path, string Message) refused = Bodies.Refused<GradientRequest>(Bodies.Value(json));

        refused.Path.ShouldBe("inputs.a" + place);
        refused.Message.ShouldContain(message);
    }

    [Fact]
    public void WholeNumbersBeyondDoublesKeepTheirDigits()
    {
        Bodies.Read<TensorValue>("[1,9007199254740993]").Data.ShouldBe(new[] { 1L, 9007199254740993L });
        Bodies.Read<TensorValue>("[1,9007199254740992]").Data.ShouldBe(new[] { 1.0, 9007199254740992.0 });
        Bodies.Read<TensorValue>("[9007199254740993,0.5]").Data.ShouldBe(new[] { 9007199254740992.0, 0.5 });
        Bodies.Read<TensorValue>("[0.5,9007199254740993]").Data.ShouldBe(new[] { 0.5, 9007199254740992.0 });
        Bodies.Read<TensorValue>("""{"data":[2.0,-3],"shape":[2],"dtype":"int64"}""").Data.ShouldBe(new[] { 2L, -3L });
    }

    [Fact]
    public void MoreElementsThanTheLimitAreRefused()
    {
        JsonSerializerOptions options = BackpropJson.Create(3);

        JsonSerializer.Deserialize<TensorValue>("[1,2,3]", options)!.Data.Length.ShouldBe(3);
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<TensorValue>("[[1,2],[3,4]]", options)).Message.ShouldContain("at most 3 elements");
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<TensorValue>("""{"data":[1,2,3,4],"shape":[4]}""", options));
    }

    [Fact]
    public void NumbersAreReadToTheLastBit()
    {
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++)
        {
            double number = i % 2 == 0
                ? Math.Round((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-3, 8)), random.Next(0, 12))
                : BitConverter.Int64BitsToDouble(random.NextInt64());
            if (!double.IsFinite(number))
            {
                continue;
            }

            string text = number.ToString("R");
            BitConverter.DoubleToInt64Bits(Bodies.Read<TensorValue>(text).AsDouble()).ShouldBe(BitConverter.DoubleToInt64Bits(double.Parse(text)), text);
        }
    }

    [Fact]
    public async Task ValuesThatArriveInPiecesAreTheSame()
    {
        string json = "[" + string.Join(',', Enumerable.Range(0, 5000).Select(i => $"[{i},{i / 7.0:R}]")) + "]";
        var pipe = new System.IO.Pipelines.Pipe();
        Task writing = Task.Run(async () =>
        {
            foreach (byte[] piece in Encoding.UTF8.GetBytes(json).Chunk(97))
            {
                await pipe.Writer.WriteAsync(piece);
            }

            await pipe.Writer.CompleteAsync();
        });

        TensorValue? value = await JsonSerializer.DeserializeAsync<TensorValue>(pipe.Reader, Bodies.Options);
        await writing;

        value!.Data.ShouldBe(Bodies.Read<TensorValue>(json).Data);
    }

    [Fact]
    public void EscapedBase64IsRead() =>
        Bodies.Read<TensorValue>("""{"shape":[1],"base64":"\u0041AAAAAAA8D8="}""").AsDouble().ShouldBe(1);

    [Fact]
    public void EveryFormHoldsTheSameValue()
    {
        TensorValue value = TensorValue.Of([1.5f, float.NaN, -0.1f, 3f], 2, 2);
        foreach (ValueEncoding encoding in Enum.GetValues<ValueEncoding>())
        {
            string json = JsonSerializer.Serialize(value.In(encoding), Bodies.Options);
            TensorValue read = Bodies.Read<TensorValue>(json);
            read.Encoding.ShouldBe(encoding);
            Array.ConvertAll(read.ToArray(), element => (float)element).ShouldBe((float[])value.Data);
            read.DType.ShouldBe(encoding == ValueEncoding.Nested ? null : ElementType.Float32);
        }
    }

    [Fact]
    public void ValuesAreMadeFromArrays()
    {
        TensorValue matrix = new double[,] { { 1, 2, 3 }, { 4, 5, 6 } };

        JsonSerializer.Serialize(matrix, Bodies.Options).ShouldBe("[[1,2,3],[4,5,6]]");
        JsonSerializer.Serialize<TensorValue>(2.5, Bodies.Options).ShouldBe("2.5");
        Should.Throw<ArgumentException>(() => TensorValue.Of([1.0, 2.0], 3));
    }
}
