using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Infrastructure.Formats.Onnx;
using Backprop.Infrastructure.Formats.Onnx.Schema;
using Backprop.Infrastructure.Formats.Onnx.Wire;
using Backprop.Testing.Running;
using Shouldly;
using Xunit;
using static Backprop.Infrastructure.Tests.Onnx.Models;

namespace Backprop.Infrastructure.Tests.Onnx;

/// <summary>Element types that are computed in another: 16-bit floats in float32, integers in int64.</summary>
public class ElementTypeTests
{
    private static readonly long[] Sample = [0, 1, 2, 3, 5, 100, 127, 128, 200, 255, 256, 32767, 32768, 40000, 65535, 65536, 4294967295, -1, -2, -128, -129, -32768];

    private static readonly Dictionary<OnnxElementType, Func<long, long>> Narrowing = new()
    {
        [OnnxElementType.UInt8] = number => unchecked((byte)number),
        [OnnxElementType.Int8] = number => unchecked((sbyte)number),
        [OnnxElementType.UInt16] = number => unchecked((ushort)number),
        [OnnxElementType.Int16] = number => unchecked((short)number),
        [OnnxElementType.UInt32] = number => unchecked((uint)number),
    };

    public static TheoryData<OnnxElementType> NarrowTypes => [.. Narrowing.Keys];

    public static TheoryData<OnnxElementType, byte[], long[], double[]> Files => new()
    {
        { OnnxElementType.Float16, [0x00, 0x3C, 0x01, 0x00, 0x00, 0xFC, 0xFF, 0x7B], [0x3C00, 1, 0xFC00, 0x7BFF], [1, 5.9604644775390625e-8, double.NegativeInfinity, 65504] },
        { OnnxElementType.BFloat16, [0x80, 0x3F, 0x49, 0x40, 0x80, 0xFF], [0x3F80, 0x4049, 0xFF80], [1, 3.140625, double.NegativeInfinity] },
        { OnnxElementType.UInt8, [0, 127, 255], [0, 127, 255], [0, 127, 255] },
        { OnnxElementType.Int8, [0, 127, 255], [0, 127, -1], [0, 127, -1] },
        { OnnxElementType.UInt16, [0xFF, 0xFF, 1, 0], [65535, 1], [65535, 1] },
        { OnnxElementType.Int16, [0xFF, 0xFF, 1, 0], [-1, 1], [-1, 1] },
        { OnnxElementType.Int32, [0xFF, 0xFF, 0xFF, 0xFF], [-1], [-1] },
        { OnnxElementType.UInt32, [0xFF, 0xFF, 0xFF, 0xFF], [4294967295], [4294967295] },
        { OnnxElementType.UInt64, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], [long.MaxValue], [long.MaxValue] },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Raw_bytes_and_listed_numbers_are_read(OnnxElementType type, byte[] raw, long[] listed, double[] expected)
    {
        Elements(Read(type, expected.Length, writer => writer.Bytes(9, raw))).ShouldBe(expected);
        Elements(Read(type, expected.Length, writer => writer.Integers(type is OnnxElementType.UInt32 or OnnxElementType.UInt64 ? 11 : 5, listed))).ShouldBe(expected);
    }

    [Fact]
    public void A_number_beyond_int64_is_refused()
    {
        Action<WireWriter>[] forms = [writer => writer.Bytes(9, [0, 0, 0, 0, 0, 0, 0, 0x80]), writer => writer.Integers(11, [long.MinValue])];
        foreach (Action<WireWriter> form in forms)
        {
            Should.Throw<GraphException>(() => Read(OnnxElementType.UInt64, 1, form)).Message.ShouldContain("above 9223372036854775807");
        }
    }

    [Theory]
    [MemberData(nameof(NarrowTypes))]
    public void Casts_sums_differences_and_products_stay_in_the_range(OnnxElementType type)
    {
        Func<long, long> narrow = Narrowing[type];
        long[] x = [.. Sample.SelectMany(a => Sample.Select(_ => a)).Select(narrow)], y = [.. Sample.SelectMany(_ => Sample).Select(narrow)];
        Values(type, x, y, Node("out = Add(x, y)")).ShouldBe([.. x.Zip(y, (a, b) => narrow(a + b))]);
        Values(type, x, y, Node("out = Sub(x, y)")).ShouldBe([.. x.Zip(y, (a, b) => narrow(a - b))]);
        Values(type, x, y, Node("out = Mul(x, y)")).ShouldBe([.. x.Zip(y, (a, b) => narrow(unchecked(a * b)))]);
        Values(type, x, y, Node("r = Transpose(x)"), Node("s = Sub(r, y)"), Node("out = Neg(s)")).ShouldBe([.. x.Zip(y, (a, b) => narrow(-narrow(a - b)))]);
        Values(OnnxElementType.Int64, Sample, Sample, Node("out = Cast(x)", OnnxAttribute.Of("to", (long)type))).ShouldBe([.. Sample.Select(narrow)]);
    }

    [Theory]
    [InlineData(OnnxElementType.Float16, "float16 is computed in float32")]
    [InlineData(OnnxElementType.BFloat16, "bfloat16 is computed in float32")]
    [InlineData(OnnxElementType.UInt8, "uint8 is computed in int64")]
    [InlineData(OnnxElementType.UInt64, "uint64 is computed in int64")]
    [InlineData(OnnxElementType.Int32, null)]
    [InlineData(OnnxElementType.Float, null)]
    public void The_definition_says_what_is_computed_in_another_type(OnnxElementType type, string? note)
    {
        OnnxModel input = Of(17, Node("out = Identity(v)"));
        input = input with { Graph = input.Graph with { Inputs = [new OnnxValue("v", type)] } };
        OnnxModel cast = Of(17, Node("out = Cast(x)", OnnxAttribute.Of("to", (long)type)));
        foreach (OnnxModel model in (OnnxModel[])[input, cast])
        {
            IReadOnlyList<string> notes = model.Imported().Notes;
            notes.Count.ShouldBe(note is null ? 0 : 1);
            notes.ShouldAllBe(told => told.StartsWith(note!, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void What_is_made_from_nothing_is_single_unless_it_says_otherwise()
    {
        string[] makers = ["HannWindow", "HammingWindow", "BlackmanWindow"];
        foreach (string maker in makers)
        {
            OnnxModel model = Of(17, Node("n = Constant()", OnnxAttribute.Of("value_int", 4L)), Node($"w = {maker}(n)"), Node("out = Mul(s, w)"));
            model = model with { Graph = model.Graph with { Inputs = [new OnnxValue("s", OnnxElementType.Float, [new Dimension(4)])] } };
            Engine.Bind(model.Imported(), new Dictionary<string, Literal> { ["s"] = new(Tensor.Vector(1f, 2f, 3f, 4f)) }).Output("out").DType.ShouldBe(DType.Float32);
        }
    }

    private static long[] Values(OnnxElementType type, long[] x, long[] y, params OnnxNode[] nodes)
    {
        OnnxModel model = Of(17, nodes);
        model = model with { Graph = model.Graph with { Inputs = [new OnnxValue("x", type, [new Dimension(x.Length)]), new OnnxValue("y", type, [new Dimension(y.Length)])] } };
        var inputs = new Dictionary<string, Literal> { ["x"] = new(Tensor.Vector(x)), ["y"] = new(Tensor.Vector(y)) };
        BoundGraph bound = Engine.Bind(model.Imported(), inputs);
        return Engine.RunPlan(bound.Graph, bound.Inputs.Tensors.ToArray())[0].ToIntegers();
    }

    private static double[] Elements(Tensor tensor) => [.. Enumerable.Range(0, tensor.Count).Select(i => tensor[i])];

    private static Tensor Read(OnnxElementType type, int count, Action<WireWriter> data)
    {
        var writer = new WireWriter();
        writer.Integers(1, [count]);
        writer.Integer(2, (long)type);
        data(writer);
        return ModelReader.ReadTensor(writer.Written, Limits).Value!;
    }
}
