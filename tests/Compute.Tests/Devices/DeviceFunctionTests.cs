using Backprop.Compute.Devices.Functions;
using Backprop.Compute.Host.Functions;
using Shouldly;

namespace Backprop.Compute.Tests.Devices;

/// <summary>The building blocks of kernels, on the processor: close to .NET's functions, and equal where those are exact.</summary>
public class DeviceFunctionTests
{
    private static readonly double[] Special =
        [0, -0.0, 1, -1, 0.5, -0.5, 2, -2, 3, 1e-300, 5e-324, 1e300, double.MaxValue, double.PositiveInfinity, double.NegativeInfinity, double.NaN];

    public static TheoryData<string> Functions => [.. Pairs.Keys];

    private static Dictionary<string, (Func<double, double> Device, Func<double, double> Host, double Low, double High)> Pairs { get; } = new()
    {
        ["Exp"] = (Real64.Exp, Math.Exp, -700, 700),
        ["Log"] = (Real64.Log, Math.Log, 0, 1e6),
        ["Sin"] = (Real64.Sin, Math.Sin, -1e6, 1e6),
        ["Cos"] = (Real64.Cos, Math.Cos, -1e6, 1e6),
        ["Tan"] = (Real64.Tan, Math.Tan, -1e4, 1e4),
        ["Sin far"] = (Real64.Sin, Math.Sin, -1e18, 1e18),
        ["Cos far"] = (Real64.Cos, Math.Cos, -1e18, 1e18),
        ["Tan far"] = (Real64.Tan, Math.Tan, -1e18, 1e18),
        ["Asin"] = (Real64.Asin, Math.Asin, -1, 1),
        ["Acos"] = (Real64.Acos, Math.Acos, -1, 1),
        ["Atan"] = (Real64.Atan, Math.Atan, -10, 10),
        ["Asinh"] = (Real64.Asinh, Math.Asinh, -10, 10),
        ["Acosh"] = (Real64.Acosh, Math.Acosh, 1, 10),
        ["Atanh"] = (Real64.Atanh, Math.Atanh, -1, 1),
        ["Tanh"] = (Real64.Tanh, Math.Tanh, -20, 20),
        ["Floor"] = (Real64.Floor, Math.Floor, -10, 10),
        ["Ceil"] = (Real64.Ceil, Math.Ceiling, -10, 10),
        ["Round"] = (Real64.Round, Math.Round, -10, 10),
        ["Lgamma"] = (Real64.Lgamma, SpecialFunctions.Lgamma, 0.1, 20),
        ["Digamma"] = (Real64.Digamma, SpecialFunctions.Digamma, 2, 20),
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void Values_are_close(string name)
    {
        var (device, host, low, high) = Pairs[name];
        var random = new Random(1);
        for (int i = 0; i < 2000; i++)
        {
            double x = low + ((high - low) * random.NextDouble());
            Same(device(x), host(x), 4e-15, $"{name}({x:R})");
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Special_values_are_the_same(string name)
    {
        var (device, host, _, _) = Pairs[name];
        foreach (double x in Special)
        {
            Same(device(x), host(x), 4e-15, $"{name}({x:R})");
        }
    }

    [Fact]
    public void Powers_remainders_and_angles_are_those_of_NET()
    {
        var random = new Random(2);
        double[] numbers = [.. Special, .. Enumerable.Range(0, 60).Select(_ => Math.Exp((random.NextDouble() * 20) - 10) * (random.Next(2) == 0 ? 1 : -1))];
        foreach (double x in numbers)
        {
            foreach (double y in numbers)
            {
                Same(Real64.Power(x, y), Math.Pow(x, y), 4e-15, $"{x:R} ^ {y:R}");
                Same(Real64.Mod(x, y), x % y, 0, $"{x:R} % {y:R}");
                Same(Real64.Atan2(x, y), Math.Atan2(x, y), 4e-15, $"atan2({x:R}, {y:R})");
                Same(Real64.Max(x, y), Math.Max(x, y), 0, $"max({x:R}, {y:R})");
                Same(Real64.Min(x, y), Math.Min(x, y), 0, $"min({x:R}, {y:R})");
            }
        }
    }

    private static void Same(double actual, double expected, double tolerance, string what)
    {
        bool same = actual.Equals(expected) || Math.Abs(actual - expected) <= tolerance * Math.Abs(expected) || Math.Abs(actual - expected) <= tolerance * 1e-2;
        same.ShouldBeTrue($"{what} is {actual:R}, expected {expected:R}");
    }
}
