using Backprop.Domain.Graphs;
using static Backprop.Compute.Tests.Nodes;

namespace Backprop.Compute.Tests.Cancellation;

/// <summary>A node and its operands, with as much work as a gigabyte allows.</summary>
internal sealed record HeavyKernel(string Name, Func<(Node Node, Tensor[] Operands)> Make);

/// <summary>
/// Every kernel of the host at its heaviest, in the variants that have loops of their own: long lanes, few and many of them, long broadcast rows.
/// </summary>
internal static class HeavyKernels
{
    private const int Count = 1 << 24;

    private static readonly string[] OfOneFloat =
    [
        "Sqrt", "Exp", "Log", "Sin", "Cos", "Tan", "Asin", "Acos", "Atan", "Sinh", "Cosh", "Tanh", "Asinh", "Acosh", "Atanh", "Floor", "Ceil", "Round",
        "Erf", "Erfc", "Log1p", "Expm1", "Lgamma", "Digamma", "Erfinv", "Erfcinv", "Gamma", "Sigmoid", "Softplus", "Neg", "Abs", "Sign",
    ];

    private static readonly string[] OfTwoFloats = ["Add", "Sub", "Mul", "Div", "Max", "Min", "Pow", "Mod", "Atan2", "Hypot"];
    private static readonly string[] OfTwoIntegers = ["Div", "Mod", "Pow"];
    private static readonly string[] Comparisons = ["Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual"];
    private static readonly string[] OfTwoTruths = ["And", "Or", "Xor"];
    private static readonly string[] Reductions = ["ReduceSum", "ReduceMax", "ReduceMin", "ReduceLogSumExp", "ReduceL2"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<HeavyKernel> All { get; } = [.. Elementwise(), .. Axes(), .. Products(), .. Layouts(), .. Indexed(), .. Windows(), .. Matrices()];

    private static IEnumerable<HeavyKernel> Elementwise()
    {
        foreach (string op in OfOneFloat)
        {
            yield return Case(op, F64(Count), [Half(Count)]);
        }

        foreach (string op in (string[])["IsNaN", "IsInf"])
        {
            yield return Case(op, Bits(Count), [Half(Count)], ("detect_negative", 1L), ("detect_positive", 1L));
        }

        foreach (string op in OfTwoFloats)
        {
            yield return Case(op, F64(Count), [Half(Count), Half(Count)], ("fmod", 1L));
            yield return Case(op + " of long rows", F64(2, Count / 2), [Half(2, Count / 2), Half(2, 1)], ("fmod", 1L));
        }

        foreach (string op in OfTwoIntegers)
        {
            yield return Case(op + " of integers", I64(Count), [Filled(I64(Count), 9), Filled(I64(Count), 1L << 40)], ("fmod", 0L));
        }

        foreach (string op in Comparisons)
        {
            yield return Case(op, Bits(Count), [Half(Count), Half(Count)]);
        }

        foreach (string op in OfTwoTruths)
        {
            yield return Case(op, Bits(Count), [Filled(Bits(Count), 1), Filled(Bits(Count), 1)]);
        }

        yield return Case("Not", Bits(Count), [Filled(Bits(Count), 1)]);
        yield return Case("Cast", I64(Count), [Half(Count)]);
        yield return Case("Where", F64(Count), [Filled(Bits(Count), 1), Half(Count), Half(Count)]);
        yield return Case("Polygamma", F64(Count), [Half(Count)], ("n", 100L));
        yield return Case("Erfcx", F64(Count), [Half(Count)], ("n", 50L));
        yield return Case("BesselI", F64(Count), [Filled(F64(Count), 700)], ("n", 1L));
        yield return Case("Polygamma of few", F64(65_535), [() => Tensor.Filled(F64(65_535), 1000)], ("n", 2000L));
    }

    private static IEnumerable<HeavyKernel> Axes()
    {
        foreach (string op in Reductions)
        {
            yield return Case(op, F64(1), [Half(Count)], ("axes", new[] { 0 }), ("keepdims", 1L), ("epsilon", 0.0));
            yield return Case(op + " of columns", F64(1, 2), [Half(Count / 2, 2)], ("axes", new[] { 0 }), ("keepdims", 1L), ("epsilon", 0.0));
        }

        yield return Case("NormGrad", F64(Count), [Half(Count), Half(Count), Half(1)]);
        foreach (string op in (string[])["Softmax", "LogSoftmax"])
        {
            yield return Case(op, F64(Count), [Half(Count)], ("axis", 0L));
            yield return Case(op + " of columns", F64(Count / 2, 2), [Half(Count / 2, 2)], ("axis", 0L));
        }

        foreach (string op in (string[])["ArgMax", "ArgMin"])
        {
            yield return Case(op, I64(1), [Half(Count)], ("axis", 0L), ("select_last_index", 1L));
        }

        yield return Case("ArgTopK", I64(Count), [() => Random(F64(Count), 1)], ("axis", 0L), ("k", (long)Count), ("largest", 1L));
        yield return Case("CumSum", F64(Count), [Half(Count)], ("axis", 0L), ("exclusive", 0L), ("reverse", 1L));
        yield return Case("CumSum of columns", F64(Count / 2, 2), [Half(Count / 2, 2)], ("axis", 0L), ("exclusive", 0L), ("reverse", 1L));
    }

    private static IEnumerable<HeavyKernel> Products()
    {
        yield return Case("MatMul", F64(4096, 4096), [Half(4096, 8192), Half(8192, 4096)]);
        yield return Case("MatMul of integers", I64(2048, 2048), [Filled(I64(2048, 2048), 3), Filled(I64(2048, 2048), 3)]);
        yield return Case("MatMul of a row", F64(1, 64), [Half(1, 1 << 18), Half(1 << 18, 64)]);
        yield return Case("MatMul of few rows", F64(64, 64), [Half(64, 1 << 18), Half(1 << 18, 64)]);
        yield return Case("MatMul of few terms", F64(4096, 4096), [Half(4096, 64), Half(64, 4096)]);
        yield return Case("MatMul of many", F64(4096, 96, 96), [Half(4096, 96, 96), Half(4096, 96, 96)]);
        (string, AttributeValue)[] plain = [("strides", new[] { 1, 1 }), ("dilations", new[] { 1, 1 }), ("group", 1L)];
        yield return Case("Conv", F64(2, 64, 248, 248), [Half(2, 128, 256, 256), Half(64, 128, 9, 9)], plain);
        yield return Case("Conv of few windows", F64(1, 4, 9, 9), [Half(1, 4, 1024, 1024), Half(4, 4, 1016, 1016)], plain);
        yield return Case("Conv of one row of terms", F64(1, 1, 200, 200), [Half(1, 1, 2200, 2200), Half(1, 1, 2001, 2001)], plain);
    }

    private static IEnumerable<HeavyKernel> Layouts()
    {
        yield return Case("Expand", F64(Count), [Half(1)], ("shape", new[] { Count }));
        yield return Case("Transpose", F64(4096, 4096), [Half(4096, 4096)], ("perm", new[] { 1, 0 }));
        yield return Case("Transpose of few rows", F64(2, Count / 2), [Half(Count / 2, 2)], ("perm", new[] { 1, 0 }));
        yield return Case("Slice", F64(Count / 3), [Half(Count)], ("starts", new[] { 0 }), ("steps", new[] { 3 }), ("axes", new[] { 0 }));
        yield return Case("Concat", F64(Count, 2), [Half(Count, 1), Half(Count, 1)], ("axis", 1L));
        yield return Case("Pad", F64(Count + 2), [Half(Count), Half()], ("pads", new[] { 1, 1 }), ("mode", "constant"));
    }

    private static IEnumerable<HeavyKernel> Indexed()
    {
        foreach (string reduction in (string[])["none", "add", "max"])
        {
            yield return Case("ScatterElements " + reduction, F64(Count), [Half(Count), Apart(Count), Half(Count)], ("axis", 0L), ("reduction", reduction));
            yield return Case("ScatterND " + reduction, F64(Count), [Half(Count), () => Apart(Count)().Reshaped(Shape.Of(Count, 1)), Half(Count)], ("reduction", reduction));
        }

        yield return Case("ScatterElements along columns", F64(Count / 2, 2), [Half(Count / 2, 2), () => Tensor.Zeros(I64(Count / 2, 2)), Half(Count / 2, 2)], ("axis", 0L), ("reduction", "add"));
        yield return Case("ScatterND of one slice", F64(1, Count), [Half(1, Count), () => Tensor.Zeros(I64(1, 1)), Half(1, Count)], ("reduction", "add"));
        yield return Case("Gather", F64(1, Count), [Half(1, Count), () => Tensor.Zeros(I64(1))], ("axis", 0L));
        yield return Case("GatherElements", F64(Count), [Half(Count), Apart(Count)], ("axis", 0L));
        yield return Case("GatherElements along columns", F64(Count / 2, 2), [Half(Count / 2, 2), () => Tensor.Zeros(I64(Count / 2, 2))], ("axis", 0L));
        yield return Case("GatherND", F64(1, Count), [Half(1, Count), () => Tensor.Zeros(I64(1, 1))], ("batch_dims", 0L));
    }

    private static IEnumerable<HeavyKernel> Windows()
    {
        const int Long = 1 << 20;
        yield return Case("Unfold", F64(4096, 4096), [Half(8191)], ("axis", 0L), ("size", 4096L), ("stride", 1L), ("dilation", 1L));
        yield return Case("Fold", F64(8191), [Half(4096, 4096)], ("axis", 0L), ("extent", 8191L), ("stride", 1L), ("dilation", 1L));
        (string, AttributeValue)[] line = [("kernel_shape", new[] { Long / 2 }), ("strides", new[] { 1 }), ("dilations", new[] { 1 }), ("pads", new[] { 0, 0 })];
        yield return Case("ArgMaxPool", I64(1, (Long / 2) + 1), [Half(1, Long)], line);
        yield return Case("ArgMaxPool in single precision", I64(1, (Long / 2) + 1), [Filled(F32(1, Long), 0.5)], line);
        yield return Case("ArgMaxPool of tall windows", I64(1, (Long / 4) + 1, 8), [Half(1, Long / 2, 8)],
            ("kernel_shape", new[] { Long / 4, 1 }), ("strides", new[] { 1, 1 }), ("dilations", new[] { 1, 1 }), ("pads", new[] { 0, 0, 0, 0 }));
        yield return Case("ArgMaxPool of integers", I64(1, (Long / 2) + 1), [Filled(I64(1, Long), 2)], line);
    }

    private static IEnumerable<HeavyKernel> Matrices()
    {
        const int Rows = 2048;
        yield return Case("Solve", F64(Rows, Rows), [Mixed(Rows), Half(Rows, Rows)]);
        yield return Case("TriangularSolve", F64(Rows, Rows), [Mixed(Rows), Half(Rows, Rows)], ("lower", 1L), ("unit_diagonal", 0L));
        yield return Case("LogAbsDet", F64(), [Mixed(Rows)]);
        yield return Case("DetSign", F64(), [Mixed(Rows)]);
        yield return Case("Cholesky", F64(Rows, Rows), [Dominant(Rows)]);
        yield return Case("PackedQR", F64(2 * Rows, Rows), [Mixed(Rows)]);
        yield return Case("Eigvalsh", F64(Rows), [Dominant(Rows)]);
        yield return Case("Svdvals", F64(Rows), [Mixed(Rows)]);
        yield return Case("PackedEigh", F64(Rows + 1, Rows), [Dominant(Rows)]);
        yield return Case("PackedEigh of many", F64(200_000, 5, 4), [() => Random(F64(200_000, 4, 4), 1)]);
        yield return Case("PackedSVD", F64((2 * Rows) + 1, Rows), [Mixed(Rows)]);
        yield return Case("Pinv", F64(Rows, Rows), [Mixed(Rows)], ("rcond", 1e-12));
        yield return Case("Expm", F64(Rows, Rows), [Mixed(Rows)]);
    }

    private static Func<Tensor> Mixed(int rows) => () => Random(F64(rows, rows), 1);

    // Positive definite: each diagonal element is larger than the rest of its row.
    private static Func<Tensor> Dominant(int rows) => () => Tensor.Of([.. Enumerable.Range(0, rows * rows).Select(i => i / rows == i % rows ? 2.0 * rows : 1.0)], Shape.Of(rows, rows));

    private static HeavyKernel Case(string name, TensorType type, Func<Tensor>[] operands, params (string Name, AttributeValue Value)[] attributes) => new(name, () =>
    {
        Tensor[] values = Array.ConvertAll(operands, make => make());
        return (Op(name.Split(' ')[0], type, Array.ConvertAll(values, value => Input(value.Type)), attributes), values);
    });

    private static Func<Tensor> Half(params int[] dims) => Filled(F64(dims), 0.5);

    private static Func<Tensor> Filled(TensorType type, double value) => () => Tensor.Filled(type, value);

    // Consecutive indices far apart, so that memory latency dominates.
    private static Func<Tensor> Apart(int count) => () =>
    {
        var indices = new long[count];
        for (int i = 0; i < count; i++)
        {
            indices[i] = i * 7_368_787L % count;
        }

        return Tensor.Vector(indices);
    };
}
