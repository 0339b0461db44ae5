using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Backprop.Api.Protocols.Tesseract;
using Backprop.Api.Tests.Hosting;
using CsCheck;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Protocols;

/// <summary>What Tesseract's SDK and its bridges send beyond the worked example.</summary>
public sealed class TesseractClientTests(ApiFixture api) : IClassFixture<ApiFixture>, IAsyncLifetime
{
    // The frames of the lz4 command: [1, 2, 3], which does not shrink, and 64 times 1.5.
    private const string Three = "BCJNGGxAGAAAAAAAAAA1FQAAABEAAQAh8D8HALAAAEAAAAAAAAAIQAAAAACeWGGP";
    private const string Many = "BCJNGGxAAAIAAAAAAACkFAAAABEAAQAh+D8HAA8IAP/cUAAAAPg/AAAAACGPv0g=";

    public async Task InitializeAsync()
    {
        await api.RegisterExpressionAsync("y = 2*x", "double");
        await api.RegisterAsync(
            """{"inputs":[{"name":"x","shape":["n"]}],"nodes":[{"name":"y","op":"Exp","inputs":["x"]},{"name":"i","op":"ArgMax","inputs":["x"]}],"outputs":["y","i"]}""", "symbolic");
        await api.RegisterAsync(
            """{"inputs":[{"name":"x"}],"nodes":[{"name":"y","op":"ReduceSum","inputs":["x"],"attributes":{"axes":[1]}},{"name":"b","op":"Greater","inputs":["x",0]}],"outputs":["y","b"]}""", "undeclared");
        await api.RegisterAsync(
            """{"inputs":[{"name":"x","shape":[2]}],"constants":[{"name":"w","value":{"shape":[2],"dtype":"float64","data":[3,5]}}],"nodes":[{"name":"y","op":"Mul","inputs":["x","w"]}],"outputs":["y"]}""", "weighted");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData(Three, 3, new double[] { 2, 4, 6 })]
    [InlineData(Many, 64, null)]
    public async Task Compressed_arrays_are_read_and_answered(string frame, int count, double[]? expected)
    {
        (int status, JsonNode answer) = await api.SendAsync("/tesseracts/double/apply", Body(frame, count), "application/json+base64");
        status.ShouldBe(200, answer.ToJsonString());
        JsonNode data = answer["y"]!["data"]!;
        data["compression"]!.GetValue<string>().ShouldBe("lz4");
        byte[] bytes = Lz4.Decompress(Convert.FromBase64String((string)data["buffer"]!), 8L * count).ShouldNotBeNull();
        MemoryMarshal.Cast<byte, double>(bytes).ToArray().ShouldBe(expected ?? [.. Enumerable.Repeat(3.0, count)]);
    }

    [Fact]
    public async Task An_answer_as_numbers_stays_one()
    {
        (_, JsonNode answer) = await api.SendAsync("/tesseracts/double/apply", Body(Three, 3), "application/json");
        answer["y"]!["data"]!.ToJsonString().ShouldBe("""{"buffer":[2,4,6],"encoding":"json"}""");
    }

    [Theory]
    [InlineData(Three, 4)]
    [InlineData(Three, 2)]
    [InlineData("AAAAAAAA8D8AAAAAAAAAQAAAAAAAAAhA", 3)]
    [InlineData("", 3)]
    [InlineData(Many, 10_000_000)]
    public async Task A_frame_of_another_length_is_a_fault(string frame, int count)
    {
        (int status, JsonNode answer) = await api.SendAsync("/tesseracts/double/apply", Body(frame, count));
        (status, (string)answer["detail"]![0]!["loc"]![4]!).ShouldBe((422, "buffer"));
    }

    [Fact]
    public async Task Other_compressions_are_refused_by_name()
    {
        (int status, JsonNode answer) = await api.SendAsync("/tesseracts/double/apply", Body(Three, 3).Replace("lz4", "zstd"));
        (status, (string)answer["detail"]![0]!["type"]!).ShouldBe((422, "literal_error"));
        answer["detail"]![0]!["msg"]!.GetValue<string>().ShouldContain("lz4");
    }

    [Fact]
    public void Bytes_come_back_from_a_frame_and_damaged_frames_never_throw()
    {
        Gen.Byte.Array[0, 5000].Sample(bytes => Lz4.Decompress(Lz4.Compress(bytes), bytes.Length)!.SequenceEqual(bytes));
        byte[] frame = Convert.FromBase64String(Many);
        Gen.Select(Gen.Int[0, frame.Length - 1], Gen.Byte, Gen.Int[0, frame.Length]).Sample((place, value, length) =>
        {
            byte[] damaged = [.. frame];
            damaged[place] = value;
            Lz4.Decompress(damaged[..length], 512);
        });
    }

    [Theory]
    [InlineData("symbolic", "i")]
    [InlineData("undeclared", "b")]
    public async Task Only_floats_have_derivatives_whatever_the_shapes(string model, string discrete)
    {
        JsonNode schemas = JsonNode.Parse(await api.Http.GetStringAsync($"/tesseracts/{model}/openapi.json"))!["components"]!["schemas"]!;
        schemas["ApplyOutputSchema"]!["differentiable_arrays"]!.AsObject().Select(array => array.Key).ShouldBe(["y"]);
        (int status, JsonNode answer) = await api.SendAsync($"/tesseracts/{model}/jacobian_vector_product",
            $$$"""{"inputs":{"x":[[1,2]]},"jvp_inputs":["x"],"jvp_outputs":["{{{discrete}}}"],"tangent_vector":{"x":[[1,1]]}}""");
        (status, (string)answer["detail"]![0]!["loc"]![1]!).ShouldBe((422, "jvp_outputs"));
    }

    [Fact]
    public async Task A_constant_may_be_given_as_an_input()
    {
        (_, JsonNode before) = await api.SendAsync("/tesseracts/weighted/apply", """{"inputs":{"x":[1,1]}}""");
        before["y"]!["data"]!["buffer"]!.ToJsonString().ShouldBe("[3,5]");
        (int status, JsonNode answer) = await api.SendAsync("/tesseracts/weighted/jacobian",
            """{"inputs":{"x":[1,1],"w":[7,8]},"jac_inputs":["x","w"],"jac_outputs":["y"]}""");
        status.ShouldBe(200, answer.ToJsonString());
        answer["y"]!["x"]!["data"]!["buffer"]!.ToJsonString().ShouldBe("[[7,0],[0,8]]");
        answer["y"]!["w"]!["data"]!["buffer"]!.ToJsonString().ShouldBe("[[1,0],[0,1]]");
        (_, JsonNode after) = await api.SendAsync("/tesseracts/weighted/apply", """{"inputs":{"x":[1,1]}}""");
        after["y"]!["data"]!["buffer"]!.ToJsonString().ShouldBe("[3,5]");
    }

    [Fact]
    public async Task Truncated_json_is_told_where_it_ends()
    {
        (int status, JsonNode answer) = await api.SendAsync("/tesseracts/double/apply", """{"inputs":{"x":[1,2""");
        (status, (string)answer["detail"]![0]!["type"]!).ShouldBe((422, "json_invalid"));
        answer["detail"]![0]!["msg"]!.GetValue<string>().ShouldContain("line 1, byte");
    }

    private static string Body(string frame, int count) =>
        $$$$$"""{"inputs":{"x":{"object_type":"array","shape":[{{{{{count}}}}}],"dtype":"float64","data":{"buffer":"{{{{{frame}}}}}","encoding":"base64","compression":"lz4"}}}}""";
}
