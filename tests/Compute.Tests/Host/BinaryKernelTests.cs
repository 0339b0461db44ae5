using Backprop.Domain.Graphs;
using CsCheck;
using Shouldly;
using static Backprop.Compute.Tests.Nodes;

namespace Backprop.Compute.Tests.Host;

public class BinaryKernelTests
{
    private static readonly Dictionary<string, Func<double, double, double>> Functions = new()
    {
        ["Add"] = (x, y) => x + y,
        ["Sub"] = (x, y) => x - y,
        ["Mul"] = (x, y) => x * y,
        ["Div"] = (x, y) => x / y,
        ["Max"] = Math.Max,
        ["Min"] = Math.Min,
        ["Atan2"] = Math.Atan2,
        ["Pow"] = Math.Pow,
        ["Equal"] = (x, y) => x == y ? 1 : 0,
        ["Greater"] = (x, y) => x > y ? 1 : 0,
        ["GreaterOrEqual"] = (x, y) => x >= y ? 1 : 0,
        ["Less"] = (x, y) => x < y ? 1 : 0,
        ["LessOrEqual"] = (x, y) => x <= y ? 1 : 0,
    };

    private static readonly Gen<(int[] A, int[] B)> Shapes =
        from dims in Gen.Int[0, 4].Array[0, 4]
        from dropA in Gen.Int[0, dims.Length]
        from dropB in Gen.Int[0, dims.Length]
        from ones in Gen.Bool.Array[8]
        select (Thinned(dims, dropA, ones, 0), Thinned(dims, dropB, ones, 4));

    public static TheoryData<string> Names => [.. Functions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Broadcasts_as_NumPy_does(string name) => Shapes.Sample(
        shapes =>
        {
            Shape a = Shape.Of(shapes.A), b = Shape.Of(shapes.B), shape = Shape.Broadcast(a, b)!;
            bool compares = name is "Equal" or "Greater" or "GreaterOrEqual" or "Less" or "LessOrEqual";
            foreach (DType dtype in (DType[])[DType.Float64, DType.Float32])
            {
                Tensor x = Random(new(dtype, a), 1), y = Random(new(dtype, b), 2);
                Tensor result = Eval(name, new(compares ? DType.Bool : dtype, shape), [x, y]);
                for (int i = 0; i < result.Count; i++)
                {
                    int[] index = shape.IndexOf(i);
                    double expected = Functions[name](x[Position(a, index)], y[Position(b, index)]);
                    if (!(Math.Abs(result[i] - expected) <= (dtype == DType.Float64 ? 1e-15 : 5e-7) * Math.Abs(expected) || (double.IsNaN(expected) && double.IsNaN(result[i]))))
                    {
                        throw new ShouldAssertException($"{name} {a} {b} at {i}: {result[i]}, expected {expected}");
                    }
                }
            }
        },
        iter: 60,
        threads: 1);

    [Theory]
    [InlineData(new[] { 300, 700 }, new[] { 700 })]
    [InlineData(new[] { 300, 700 }, new[] { 300, 1 })]
    [InlineData(new[] { 300, 700 }, new int[0])]
    [InlineData(new[] { 300, 700 }, new[] { 300, 700 })]
    [InlineData(new[] { 1, 700 }, new[] { 300, 1 })]
    public void Large_operands_are_split(int[] left, int[] right)
    {
        Shape a = Shape.Of(left), b = Shape.Of(right);
        Tensor x = Random(new(DType.Float64, a), 1), y = Random(new(DType.Float64, b), 2);
        Tensor result = Eval("Sub", F64(300, 700), [x, y]), back = Eval("Sub", F64(300, 700), [y, x]);
        for (int i = 0; i < result.Count; i++)
        {
            int[] index = result.Shape.IndexOf(i);
            double expected = x[Position(a, index)] - y[Position(b, index)];
            if (result[i] != expected || back[i] != -expected)
            {
                throw new ShouldAssertException($"{a} {b} at {i}: {result[i]}, expected {expected}");
            }
        }
    }

    [Fact]
    public void Extremes_hand_NaN_on()
    {
        Tensor x = Tensor.Vector(double.NaN, 1), y = Tensor.Vector(1, double.NaN);
        Eval("Max", F64(2), [x, y]).Doubles().ShouldBe([double.NaN, double.NaN]);
        Eval("Min", F64(2), [x, y]).Doubles().ShouldBe([double.NaN, double.NaN]);
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(double.NaN, 0, 1)]
    [InlineData(-3, 2, 9)]
    [InlineData(2, 0.5, 1.4142135623730951)]
    [InlineData(-1, 0.5, double.NaN)]
    [InlineData(double.NegativeInfinity, 0.5, double.PositiveInfinity)]
    [InlineData(-2, 3, -8)]
    [InlineData(0, -1, double.PositiveInfinity)]
    public void Powers_follow_IEEE(double x, double y, double expected) =>
        Eval("Pow", F64(), [Tensor.Scalar(x), Tensor.Scalar(y)])[0].ShouldBe(expected);

    [Fact]
    public void Integers_divide_as_stated()
    {
        Tensor x = Tensor.Vector(7L, -7L, 7L, -7L, long.MinValue), y = Tensor.Vector(2L, 2L, -2L, -2L, -1L);
        Eval("Div", I64(5), [x, y]).ToIntegers().ShouldBe([3, -3, -3, 3, long.MinValue]);
        Eval("Mod", I64(5), [x, y], ("fmod", 0L)).ToIntegers().ShouldBe([1, 1, -1, -1, 0]);
        Eval("Mod", I64(5), [x, y], ("fmod", 1L)).ToIntegers().ShouldBe([1, -1, 1, -1, 0]);
        Eval("Pow", I64(4), [Tensor.Vector(3L, -2L, 2L, 0L), Tensor.Vector(4L, 3L, -1L, 0L)]).ToIntegers().ShouldBe([81, -8, 0, 1]);
        Eval("Max", I64(2), [Tensor.Vector(1L, 5L), Tensor.Vector(2L, 3L)]).ToIntegers().ShouldBe([2, 5]);
        Eval("Less", Bits(2), [Tensor.Vector(1L, 5L), Tensor.Vector(2L, 3L)]).Doubles().ShouldBe([1, 0]);
    }

    [Fact]
    public void Float_remainders_have_the_sign_of_the_dividend() =>
        Eval("Mod", F64(2), [Tensor.Vector(5.5, -5.5), Tensor.Scalar(2.0)], ("fmod", 1L)).Doubles().ShouldBe([1.5, -1.5]);

    [Theory]
    [InlineData(1)]
    [InlineData(200_000)]
    public void Integer_division_by_zero_names_the_node(int count)
    {
        Tensor x = Random(I64(count), 1);
        var thrown = Should.Throw<GraphException>(() => Eval("Div", I64(count), [x, Tensor.Scalar(0L)]));
        thrown.Path.ShouldBe("graph.nodes[3]");
        thrown.Node.ShouldBe("made");
        thrown.Message.ShouldContain("division by zero");
    }

    [Fact]
    public void Bools_combine()
    {
        Tensor x = Tensor.Vector(true, true, false, false), y = Tensor.Vector(true, false, true, false);
        Eval("And", Bits(4), [x, y]).Doubles().ShouldBe([1, 0, 0, 0]);
        Eval("Or", Bits(4), [x, y]).Doubles().ShouldBe([1, 1, 1, 0]);
        Eval("Xor", Bits(4), [x, y]).Doubles().ShouldBe([0, 1, 1, 0]);
        Eval("Equal", Bits(4), [x, y]).Doubles().ShouldBe([1, 0, 0, 1]);
    }

    [Fact]
    public void Where_broadcasts_all_three()
    {
        Tensor condition = Random(Bits(3, 1), 4), x = Random(F64(2, 1, 5), 5), y = Tensor.Scalar(9.0);
        Tensor result = Eval("Where", F64(2, 3, 5), [condition, x, y]);
        for (int i = 0; i < result.Count; i++)
        {
            int[] index = result.Shape.IndexOf(i);
            result[i].ShouldBe(condition[index[1]] != 0 ? x[Position(x.Shape, index)] : 9);
        }
    }

    private static int[] Thinned(int[] dims, int drop, bool[] ones, int from) =>
        [.. dims.Select((d, i) => ones[from + i] ? 1 : d).Skip(drop)];
}
