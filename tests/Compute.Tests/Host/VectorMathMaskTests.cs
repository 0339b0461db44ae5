using Backprop.Compute.Host.VectorMath.Vectors;
using Backprop.Domain.Graphs;
using Shouldly;
using static Backprop.Compute.Tests.Nodes;

namespace Backprop.Compute.Tests.Host;

public class VectorMathMaskTests
{
    private static readonly double[] Values = [1, 2, double.NaN, 0, -0.0, double.PositiveInfinity, 2, -5, double.NegativeInfinity, 1];

    [Fact]
    public void Comparisons_answer_for_every_length()
    {
        for (int length = 0; length < 70; length++)
        {
            double[] x = Cycle(length, 1), y = Cycle(length, 3);
            float[] xs = Array.ConvertAll(x, v => (float)v), ys = Array.ConvertAll(y, v => (float)v);
            long[] xi = Array.ConvertAll(x, v => long.CreateSaturating(v)), yi = Array.ConvertAll(y, v => long.CreateSaturating(v));
            Compared<double, Less>(x, y).ShouldBe(x.Zip(y, (a, b) => a < b));
            Compared<double, LessOrEqual>(x, y).ShouldBe(x.Zip(y, (a, b) => a <= b));
            Compared<double, Equal>(x, y).ShouldBe(x.Zip(y, (a, b) => a == b));
            Compared<float, Less>(xs, ys).ShouldBe(xs.Zip(ys, (a, b) => a < b));
            Compared<float, Equal>(xs, ys).ShouldBe(xs.Zip(ys, (a, b) => a == b));
            Compared<long, LessOrEqual>(xi, yi).ShouldBe(xi.Zip(yi, (a, b) => a <= b));
        }
    }

    [Theory]
    [InlineData(DType.Float64)]
    [InlineData(DType.Float32)]
    [InlineData(DType.Int64)]
    [InlineData(DType.Bool)]
    public void Choices_are_made_for_every_length_and_broadcast(DType dtype)
    {
        foreach (int length in new[] { 1, 2, 7, 8, 9, 31, 64, 1000 })
        {
            var shape = Shape.Of(length);
            Tensor condition = Random(new(DType.Bool, shape), 1), many = Random(new(dtype, shape), 2), one = Random(new(dtype, Shape.Of()), 3);
            foreach ((Tensor c, Tensor x, Tensor y) in new[] { (condition, many, many), (condition, one, many), (condition, many, one), (Tensor.Scalar(true), one, many) })
            {
                Tensor result = Eval("Where", new(dtype, shape), [c, x, y]);
                for (int i = 0; i < length; i++)
                {
                    result[i].ShouldBe(c[c.Count == 1 ? 0 : i] != 0 ? x[x.Count == 1 ? 0 : i] : y[y.Count == 1 ? 0 : i]);
                }
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(0.5)]
    [InlineData(0)]
    [InlineData(-2.5)]
    [InlineData(double.NaN)]
    public void A_power_does_not_depend_on_its_neighbours(double exponent)
    {
        double[] x = [.. Values, 1.1, -1.1, 7.3];
        double[] together = Eval("Pow", F64(x.Length), [Tensor.Vector(x), Tensor.Scalar(exponent)]).Doubles();
        double[] mixed = [.. Enumerable.Repeat(exponent, x.Length), 0.7];
        double[] beside = Eval("Pow", F64(x.Length + 1), [Tensor.Vector([.. x, 3]), Tensor.Vector(mixed)]).Doubles();
        beside[..x.Length].ShouldBe(together);
        for (int i = 0; i < x.Length; i++)
        {
            double expected = Math.Pow(x[i], exponent);
            (together[i].Equals(expected) || together[i] == expected || Math.Abs(together[i] - expected) <= 3e-16 * Math.Abs(expected))
                .ShouldBeTrue($"{x[i]}^{exponent} = {expected}, not {together[i]}");
        }
    }

    [Fact]
    public void Signs_and_casts_hold_for_every_length()
    {
        for (int length = 1; length < 40; length++)
        {
            Tensor x = Tensor.Vector(Cycle(length, 1));
            double[] expected = Array.ConvertAll(x.Doubles(), v => double.IsNaN(v) ? v : Math.Sign(v));
            Eval("Sign", F64(length), [x]).Doubles().ShouldBe(expected);
            Tensor single = Eval("Cast", F32(length), [x]), bits = Eval("Cast", Bits(length), [x]);
            single.Values<float>().ToArray().ShouldBe(Array.ConvertAll(x.Doubles(), v => (float)v));
            bits.Doubles().ShouldBe(Array.ConvertAll(x.Doubles(), v => v != 0 ? 1.0 : 0));
            Eval("Cast", F64(length), [single]).Doubles().ShouldBe(x.Doubles());
            Eval("Cast", F32(length), [bits]).Doubles().ShouldBe(bits.Doubles());
            Eval("Cast", I64(length), [bits]).Doubles().ShouldBe(bits.Doubles());
        }
    }

    private static bool[] Compared<T, TComparison>(T[] x, T[] y)
        where T : unmanaged, System.Numerics.INumber<T>
        where TComparison : struct, IComparison
    {
        var result = new bool[x.Length];
        Comparison.Apply<T, TComparison>(x, y, result);
        return result;
    }

    private static double[] Cycle(int length, int step) => [.. Enumerable.Range(0, length).Select(i => Values[i * step % Values.Length])];
}
