using System.Globalization;
using Shouldly;

namespace Backprop.Compute.Tests.Host;

public class VectorMathTests
{
    private const int Dense = 40_000;

    public static TheoryData<string> Names => [.. VectorMathFunctions.Table.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Double_precision_agrees_with_the_function_of_one_number(string name)
    {
        VectorMathFunction function = VectorMathFunctions.Table[name];
        double[] x = Arguments(function), y = new double[x.Length];
        function.Double.Widest(x, y);
        for (int i = 0; i < x.Length; i++)
        {
            double expected = function.Reference(x[i]), ulp = Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected);
            if (!y[i].Equals(expected) && !(Math.Abs(y[i] - expected) <= function.Ulps * ulp))
            {
                throw new ShouldAssertException($"{name}({x[i]:R}) = {expected:R}, not {y[i]:R}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Single_precision_is_near_the_rounded_double(string name)
    {
        VectorMathFunction function = VectorMathFunctions.Table[name];
        float[] x = Array.ConvertAll(Arguments(function), v => (float)v), y = new float[x.Length];
        function.Single.Widest(x, y);
        for (int i = 0; i < x.Length; i++)
        {
            float expected = (float)function.Reference(x[i]);
            long distance = Math.Abs(VectorMathFunctions.Bits(y[i]) - VectorMathFunctions.Bits(expected));
            if (!y[i].Equals(expected) && distance > function.SingleUlps)
            {
                throw new ShouldAssertException($"{name}({x[i]:R}) = {expected:R}, not {y[i]:R}, {distance} ulp away");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_number_gives_the_same_bits_wherever_it_stands(string name)
    {
        VectorMathFunction function = VectorMathFunctions.Table[name];
        double[] x = [.. Specials.Concat(Arguments(function).Where((_, i) => i % 701 == 0))];
        SameBits(function.Double, x);
        SameBits(function.Single, Array.ConvertAll(x, v => (float)v));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Agrees_with_sixty_digits(string name)
    {
        VectorMathFunction function = VectorMathFunctions.Table[name];
        foreach (string[] row in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "special-functions.csv")).Select(l => l.Split(',')))
        {
            if (row[0] == name)
            {
                double x = double.Parse(row[1], CultureInfo.InvariantCulture), expected = double.Parse(row[2], CultureInfo.InvariantCulture);
                double actual = function.Double.Of(x);
                Math.Abs(actual - expected).ShouldBeLessThanOrEqualTo(7e-16 * Math.Abs(expected), $"{name}({x:R}) = {expected:R}, not {actual:R}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NaN_and_the_ends_are_as_in_IEEE(string name)
    {
        VectorMathFunction function = VectorMathFunctions.Table[name];
        foreach (double x in Specials)
        {
            double expected = function.Reference(x), actual = function.Double.Of(x);
            float single = function.Single.Of((float)x), rounded = (float)function.Reference((float)x);
            if (Math.Abs(x) is 0 || !double.IsNormal(x) || Math.Abs(x) > 1e3)
            {
                Close(actual, expected, 1e-15, double.Epsilon).ShouldBeTrue($"{name}({x:R}) = {expected:R}, not {actual:R}");
                Close(single, rounded, 5e-7, float.Epsilon).ShouldBeTrue($"float {name}({x:R}) = {rounded:R}, not {single:R}");
            }
        }
    }

    [Theory]
    [InlineData("sin")]
    [InlineData("tan")]
    [InlineData("tanh")]
    [InlineData("sinh")]
    [InlineData("expm1")]
    [InlineData("log1p")]
    [InlineData("erf")]
    public void Odd_ones_keep_the_sign_of_zero(string name)
    {
        VectorMathFunction function = VectorMathFunctions.Table[name];
        VectorMathFunctions.Bits(function.Double.Of(-0.0)).ShouldBe(VectorMathFunctions.Bits(-0.0));
        VectorMathFunctions.Bits(function.Double.Of(0.0)).ShouldBe(0);
        VectorMathFunctions.Bits(function.Single.Of(-0.0f)).ShouldBe(VectorMathFunctions.Bits(-0.0f));
        VectorMathFunctions.Bits(function.Single.Of(0.0f)).ShouldBe(0);
    }

    [Theory]
    [InlineData("exp", 709.78, -745.13)]
    [InlineData("exp", 709.79, -745.14)]
    [InlineData("exp", 88.72, -103.2)]
    [InlineData("exp", 88.73, -104.5)]
    [InlineData("sinh", 710.4, -710.4)]
    [InlineData("sinh", 89.4, -89.4)]
    [InlineData("cosh", 710.47, -710.48)]
    [InlineData("cosh", 89.4, 89.5)]
    [InlineData("log", 1e-310, 5e-324)]
    [InlineData("log", 1e-40, 1e-45)]
    [InlineData("log1p", -1, -0.99999999999)]
    public void Overflow_and_underflow_come_where_they_should(string name, double x, double y)
    {
        VectorMathFunction function = VectorMathFunctions.Table[name];
        foreach (double argument in new[] { x, y })
        {
            double expected = function.Reference(argument), actual = function.Double.Of(argument);
            Close(actual, expected, 1e-15, double.Epsilon).ShouldBeTrue($"{name}({argument:R}) = {expected:R}, not {actual:R}");
            float single = function.Single.Of((float)argument), rounded = (float)function.Reference((float)argument);
            Close(single, rounded, 5e-7, float.Epsilon).ShouldBeTrue($"float {name}({argument:R}) = {rounded:R}, not {single:R}");
        }
    }

    private static IEnumerable<double> Specials =>
    [
        0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, -double.Epsilon, 1e-310, -1e-310, 1e-40, -1e-40,
        1e5, 1e8, 1.1e8, -3e9, 1e22, -1e300, double.MaxValue, float.MaxValue, 1, -1, 0.5, 2,
    ];

    private static double[] Arguments(VectorMathFunction function)
    {
        var random = new Random(11);
        double width = function.High - function.Low;
        var even = Enumerable.Range(1, Dense).Select(i => function.Low + (width * i / (Dense + 1)));
        var near = Enumerable.Range(0, Dense).Select(_ => Math.Clamp(
            Math.Pow(10, (random.NextDouble() * 12) - 9) * (function.Low < 0 && random.Next(2) == 0 ? -1 : 1), function.Low * 0.99, function.High));
        return [.. even, .. near];
    }

    private static void SameBits<T>(VectorLoops<T> loops, T[] x)
        where T : unmanaged
    {
        long[] alone = Array.ConvertAll(x, v => VectorMathFunctions.Bits(loops.Of(v)));
        foreach (SpanFunction<T> loop in new[] { loops.Widest, loops.V512, loops.V256, loops.V128 })
        {
            for (int offset = 0; offset < 17; offset++)
            {
                foreach (int length in new[] { x.Length - offset, 1 + offset, 40 })
                {
                    var y = new T[length];
                    loop(x.AsSpan(offset, length), y);
                    Array.ConvertAll(y, VectorMathFunctions.Bits).ShouldBe(alone[offset..(offset + length)]);
                }
            }
        }
    }

    private static bool Close(double actual, double expected, double relative, double absolute) =>
        actual.Equals(expected) || Math.Abs(actual - expected) <= (relative * Math.Abs(expected)) + absolute;
}
