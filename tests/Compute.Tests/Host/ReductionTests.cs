using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using CsCheck;
using Shouldly;
using static Backprop.Compute.Tests.Nodes;

namespace Backprop.Compute.Tests.Host;

public class ReductionTests
{
    private static readonly Gen<(int[] Dims, bool[] Reduced)> Cases =
        from dims in Gen.Frequency((1, Gen.Int[0, 3]), (5, Gen.Int[1, 4]), (1, Gen.Int[30, 40])).Array[0, 4]
        from reduced in Gen.Bool.Array[4]
        select (dims, reduced);

    public static TheoryData<string> Names => ["ReduceSum", "ReduceMax", "ReduceMin", "ReduceLogSumExp", "ReduceL2"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Agrees_with_a_plain_loop(string name) => Cases.Sample(
        test =>
        {
            int[] axes = [.. Enumerable.Range(0, test.Dims.Length).Where(i => test.Reduced[i])];
            foreach (DType dtype in (DType[])[DType.Float64, DType.Float32, DType.Int64])
            {
                if (dtype == DType.Int64 && name is ("ReduceLogSumExp" or "ReduceL2"))
                {
                    continue;
                }

                Tensor x = Random(new(dtype, Shape.Of(test.Dims)), 3);
                Shape kept = Shape.Of([.. test.Dims.Select((d, i) => test.Reduced[i] ? 1 : d)]);
                Tensor result = Eval(name, new(dtype, kept), [x], ("axes", axes), ("keepdims", 1L), ("epsilon", 0.0));
                List<double>[] lanes = [.. Enumerable.Range(0, (int)kept.Count).Select(_ => new List<double>())];
                for (int i = 0; i < x.Count; i++)
                {
                    lanes[Position(kept, x.Shape.IndexOf(i))].Add(x[i]);
                }

                for (int i = 0; i < lanes.Length; i++)
                {
                    double expected = Reduced(name, dtype, lanes[i]);
                    if (result[i] != expected && Math.Abs(result[i] - expected) > (dtype == DType.Float32 ? 1e-5 : 1e-13) * (1 + Math.Abs(expected)))
                    {
                        throw new ShouldAssertException($"{name} of {x.Type} over [{string.Join(',', axes)}] at {i}: {result[i]}, expected {expected}");
                    }
                }
            }
        },
        iter: 60,
        threads: 1);

    [Fact]
    public void A_long_float32_sum_keeps_its_digits()
    {
        Tensor x = Tensor.Filled(F32(1_000_003), 0.1);
        double row = Eval("ReduceSum", F32(), [x], ("axes", new[] { 0 }), ("keepdims", 0L))[0];
        (row / (1_000_003 * (double)0.1f)).ShouldBe(1, 1e-6);
        Tensor columns = Eval("ReduceSum", F32(3), [Tensor.Filled(F32(300_000, 3), 0.1)], ("axes", new[] { 0 }), ("keepdims", 0L));
        (columns[1] / (300_000 * (double)0.1f)).ShouldBe(1, 1e-6);
    }

    // Up to the ends of the range and, over many elements, along rows, columns and both: the norm of a multiple is the multiple of the norm.
    [Fact]
    public void A_norm_keeps_its_digits_at_every_magnitude()
    {
        var scales = from dtype in Gen.Bool.Select(isSingle => isSingle ? DType.Float32 : DType.Float64) from power in Gen.Int[dtype == DType.Float32 ? -120 : -1000, dtype == DType.Float32 ? 118 : 1010] select (dtype, power);
        Tensor x = Random(F64(37, 41), 5);
        scales.Sample(
            test =>
            {
                double scale = Math.ScaleB(1, test.power);
                Tensor single = x.Converted(test.dtype, default), multiple = Tensor.Of([.. Enumerable.Range(0, x.Count).Select(i => single[i] * scale)], x.Shape).Converted(test.dtype, default);
                foreach (int[] axes in (int[][])[[0], [1], [0, 1]])
                {
                    Shape shape = ReductionBuilding.Reduced(x.Shape, axes, false);
                    (string, AttributeValue)[] attributes = [("axes", axes), ("keepdims", 0L), ("epsilon", 0.0)];
                    Tensor expected = Eval("ReduceL2", new(test.dtype, shape), [single], attributes), norm = Eval("ReduceL2", new(test.dtype, shape), [multiple], attributes);
                    for (int i = 0; i < norm.Count; i++)
                    {
                        (norm[i] / scale).ShouldBe(expected[i], (test.dtype == DType.Float32 ? 2e-6 : 4e-15) * expected[i], $"2^{test.power} over [{string.Join(',', axes)}]");
                    }
                }
            },
            iter: 200,
            threads: 1);
    }

    [Theory]
    [InlineData(3e-320, 4e-320, 5e-320)]
    [InlineData(0, 0, 0)]
    [InlineData(double.PositiveInfinity, 1, double.PositiveInfinity)]
    [InlineData(double.NaN, 1, double.NaN)]
    [InlineData(1.5e308, 1.5e308, double.PositiveInfinity)]
    [InlineData(5e-324, 0, 5e-324)]
    public void A_norm_of_extremes(double a, double b, double expected)
    {
        Eval("ReduceL2", F64(), [Tensor.Vector(a, b)], ("axes", new[] { 0 }), ("keepdims", 0L), ("epsilon", 0.0))[0].ShouldBe(expected);
        Eval("Hypot", F64(), [Tensor.Scalar(a), Tensor.Scalar(b)])[0].ShouldBe(expected);
    }

    [Fact]
    public void Extremes_hand_NaN_on()
    {
        Tensor x = Random(F64(700, 3), 1);
        x.Values<double>()[1001] = double.NaN;
        Eval("ReduceMax", F64(), [x], ("axes", new[] { 0, 1 }), ("keepdims", 0L))[0].ShouldBe(double.NaN);
        Eval("ReduceMin", F64(3), [x], ("axes", new[] { 0 }), ("keepdims", 0L))[1001 % 3].ShouldBe(double.NaN);
    }

    [Theory]
    [InlineData(1000, 1001, 1001.3132616875182)]
    [InlineData(double.NegativeInfinity, double.NegativeInfinity, double.NegativeInfinity)]
    [InlineData(double.PositiveInfinity, 1, double.PositiveInfinity)]
    [InlineData(double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData(double.NaN, 1, double.NaN)]
    public void Log_sum_exp_is_stable(double a, double b, double expected)
    {
        Eval("ReduceLogSumExp", F64(), [Tensor.Vector(a, b)], ("axes", new[] { 0 }), ("keepdims", 0L))[0].ShouldBe(expected);
        Tensor columns = Tensor.Vector(a, a, b, b).Reshaped(Shape.Of(2, 2));
        Eval("ReduceLogSumExp", F64(2), [columns], ("axes", new[] { 0 }), ("keepdims", 0L))[1].ShouldBe(expected);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Softmax_and_its_logarithm_agree_with_the_definition(int axis)
    {
        foreach (TensorType type in (TensorType[])[F64(3, 40, 5), F32(3, 40, 5)])
        {
            Tensor x = Random(type, 8);
            Tensor soft = Eval("Softmax", type, [x], ("axis", (long)axis)), log = Eval("LogSoftmax", type, [x], ("axis", (long)axis));
            for (int i = 0; i < x.Count; i++)
            {
                int[] index = type.Shape.IndexOf(i);
                double sum = Enumerable.Range(0, type.Shape[axis]).Sum(j => Math.Exp(x[Position(type.Shape, [.. index.Select((v, a) => a == axis ? j : v)])]));
                soft[i].ShouldBe(Math.Exp(x[i]) / sum, 1e-6 / (type.DType == DType.Float64 ? 1e9 : 1));
                log[i].ShouldBe(x[i] - Math.Log(sum), 1e-5 / (type.DType == DType.Float64 ? 1e9 : 1));
            }
        }
    }

    [Fact]
    public void Softmax_bears_large_and_infinite_numbers()
    {
        Tensor x = Tensor.Vector(1e4, 1e4, double.NegativeInfinity);
        Eval("Softmax", F64(3), [x], ("axis", 0L)).Doubles().ShouldBe([0.5, 0.5, 0]);
        Eval("LogSoftmax", F64(3), [x], ("axis", 0L)).Doubles().ShouldBe([-Math.Log(2), -Math.Log(2), double.NegativeInfinity]);
        Eval("Softmax", F64(0, 3), [Tensor.Zeros(F64(0, 3))], ("axis", 1L)).Count.ShouldBe(0);
    }

    [Theory]
    [InlineData(0L, 0L, new double[] { 1, 3, 6, 10 })]
    [InlineData(1L, 0L, new double[] { 0, 1, 3, 6 })]
    [InlineData(0L, 1L, new double[] { 10, 9, 7, 4 })]
    [InlineData(1L, 1L, new double[] { 9, 7, 4, 0 })]
    public void Sums_cumulate(long exclusive, long reverse, double[] expected)
    {
        Eval("CumSum", F64(4), [Tensor.Vector(1.0, 2, 3, 4)], ("axis", 0L), ("exclusive", exclusive), ("reverse", reverse)).Doubles().ShouldBe(expected);
        Tensor columns = Tensor.Vector(1L, 0, 2, 0, 3, 0, 4, 0).Reshaped(Shape.Of(4, 2));
        Eval("CumSum", I64(4, 2), [columns], ("axis", 0L), ("exclusive", exclusive), ("reverse", reverse))
            .Doubles().Where((_, i) => i % 2 == 0).ShouldBe(expected);
    }

    [Fact]
    public void Extremes_are_found()
    {
        Tensor x = Tensor.Vector(1.0, 5, 5, 0, double.NaN, 9).Reshaped(Shape.Of(2, 3));
        Arg("ArgMax", x, 1, 0, 2).ShouldBe([1, 1]);
        Arg("ArgMax", x, 1, 1, 2).ShouldBe([2, 1]);
        Arg("ArgMin", x, 1, 0, 2).ShouldBe([0, 1]);
        Arg("ArgMax", x, 0, 0, 3).ShouldBe([0, 1, 1]);
        Arg("ArgMin", Tensor.Vector(3L, 1, 1), 0, 1).ShouldBe([2]);
    }

    [Fact]
    public void The_k_largest_are_ranked()
    {
        Tensor x = Tensor.Vector(2f, 7, 7, float.NaN, 1).Reshaped(Shape.Of(5, 1));
        Top(x, 3, 1).ShouldBe([3, 1, 2]);
        Top(x, 3, 0).ShouldBe([4, 0, 1]);
        Eval("ArgTopK", I64(2, 2), [Tensor.Vector(1L, 2, 3, 4, 6, 5).Reshaped(Shape.Of(3, 2))], ("axis", 0L), ("k", 2L), ("largest", 1L))
            .ToIntegers().ShouldBe([2, 2, 1, 1]);
    }

    private static long[] Top(Tensor x, int k, long largest) =>
        Eval("ArgTopK", I64(k, 1), [x], ("axis", 0L), ("k", (long)k), ("largest", largest)).ToIntegers();

    private static long[] Arg(string name, Tensor x, long axis, long last, params int[] dims) =>
        Eval(name, I64(dims), [x], ("axis", axis), ("keepdims", 0L), ("select_last_index", last)).ToIntegers();

    private static double Reduced(string name, DType dtype, List<double> lane) => name switch
    {
        "ReduceSum" => lane.Sum(),
        "ReduceMax" => lane.Count > 0 ? lane.Max() : dtype == DType.Int64 ? long.MinValue : double.NegativeInfinity,
        "ReduceMin" => lane.Count > 0 ? lane.Min() : dtype == DType.Int64 ? long.MaxValue : double.PositiveInfinity,
        "ReduceL2" => Math.Sqrt(lane.Sum(x => x * x)),
        _ => Math.Log(lane.Sum(Math.Exp)),
    };
}
