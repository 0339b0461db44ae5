using System.Globalization;
using Backprop.Compute.Host.Functions;
using Shouldly;

namespace Backprop.Compute.Tests.Host;

public class SpecialFunctionTests
{
    private static readonly Dictionary<string, (Func<double, double> Function, double Relative, double Absolute)> Functions = new()
    {
        ["erf"] = (SpecialFunctions.Erf, 5e-16, 0),
        ["erfc"] = (SpecialFunctions.Erfc, 9e-16, 0),
        ["log1p"] = (SpecialFunctions.Log1p, 6e-16, 0),
        ["expm1"] = (SpecialFunctions.Expm1, 9e-16, 0),
        ["sigmoid"] = (SpecialFunctions.Sigmoid, 6e-16, 0),
        ["softplus"] = (SpecialFunctions.Softplus, 6e-16, 0),
        ["lgamma"] = (SpecialFunctions.Lgamma, 2e-15, 1e-15),
        ["digamma"] = (SpecialFunctions.Digamma, 2e-15, 1e-15),
        ["erfinv"] = (SpecialFunctions.Erfinv, 2e-15, 0),
        ["erfcinv"] = (SpecialFunctions.Erfcinv, 2e-15, 0),
        ["erfcx"] = (x => SpecialFunctions.Erfcx(0, x), 2e-15, 0),
        ["erfcx1"] = (x => SpecialFunctions.Erfcx(1, x), 4e-15, 0),
        ["erfcx3"] = (x => SpecialFunctions.Erfcx(3, x), 4e-15, 0),
        ["gamma"] = (SpecialFunctions.Gamma, 4e-15, 0),
        ["besseli0"] = (x => SpecialFunctions.BesselI(0, x), 4e-15, 0),
        ["besseli1"] = (x => SpecialFunctions.BesselI(1, x), 4e-15, 0),
        ["besseli5"] = (x => SpecialFunctions.BesselI(5, x), 4e-15, 0),
        ["polygamma1"] = (x => SpecialFunctions.Polygamma(1, x), 4e-15, 0),
        ["polygamma2"] = (x => SpecialFunctions.Polygamma(2, x), 4e-15, 1e-13),
        ["polygamma3"] = (x => SpecialFunctions.Polygamma(3, x), 4e-15, 0),
        ["polygamma4"] = (x => SpecialFunctions.Polygamma(4, x), 4e-15, 1e-11),
        ["polygamma7"] = (x => SpecialFunctions.Polygamma(7, x), 8e-15, 0),
        ["polygamma20"] = (x => SpecialFunctions.Polygamma(20, x), 2e-14, 0),
    };

    public static TheoryData<string> Names => [.. Functions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Agrees_with_sixty_digits(string name)
    {
        (Func<double, double> function, double relative, double absolute) = Functions[name];
        int rows = 0;
        foreach (string[] row in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "special-functions.csv")).Select(l => l.Split(',')))
        {
            if (row[0] == name)
            {
                double x = double.Parse(row[1], CultureInfo.InvariantCulture), expected = double.Parse(row[2], CultureInfo.InvariantCulture);
                Math.Abs(function(x) - expected).ShouldBeLessThanOrEqualTo(absolute + (relative * Math.Abs(expected)), $"{name}({x:R}) = {expected:R}, not {function(x):R}");
                rows++;
            }
        }

        rows.ShouldBeGreaterThan(50);
    }

    [Theory]
    [InlineData("erf", 0, 0)]
    [InlineData("erf", double.PositiveInfinity, 1)]
    [InlineData("erf", double.NegativeInfinity, -1)]
    [InlineData("erf", double.NaN, double.NaN)]
    [InlineData("erfc", double.PositiveInfinity, 0)]
    [InlineData("erfc", double.NegativeInfinity, 2)]
    [InlineData("erfc", double.NaN, double.NaN)]
    [InlineData("log1p", -1, double.NegativeInfinity)]
    [InlineData("log1p", -2, double.NaN)]
    [InlineData("log1p", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("expm1", double.NegativeInfinity, -1)]
    [InlineData("expm1", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("expm1", double.NaN, double.NaN)]
    [InlineData("sigmoid", -1000, 0)]
    [InlineData("sigmoid", 1000, 1)]
    [InlineData("softplus", 1000, 1000)]
    [InlineData("softplus", -1000, 0)]
    [InlineData("softplus", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("softplus", double.NaN, double.NaN)]
    [InlineData("lgamma", 1, 0)]
    [InlineData("lgamma", 2, 0)]
    [InlineData("lgamma", 0, double.PositiveInfinity)]
    [InlineData("lgamma", -3, double.PositiveInfinity)]
    [InlineData("lgamma", double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData("lgamma", double.NaN, double.NaN)]
    [InlineData("digamma", 0, double.NegativeInfinity)]
    [InlineData("digamma", -2, double.NaN)]
    [InlineData("digamma", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("polygamma1", -2, double.PositiveInfinity)]
    [InlineData("polygamma2", 0, double.NegativeInfinity)]
    [InlineData("polygamma1", double.PositiveInfinity, 0)]
    public void Knows_the_special_cases(string name, double x, double expected) =>
        (Functions[name].Function(x) + 0.0).ShouldBe(expected);

    [Fact]
    public void Polygamma_of_a_high_order_ends() => SpecialFunctions.Polygamma(int.MaxValue, 0.5).ShouldBe(double.PositiveInfinity);

    [Fact]
    public void Polygamma_of_an_order_beyond_factorials() => (SpecialFunctions.Polygamma(200, 150.5) / -2.2170514118173197e-63).ShouldBe(1, 1e-12);

    [Fact]
    public void Polygamma_far_below_zero_ends() => SpecialFunctions.Polygamma(1, -1e9 - 0.5).ShouldBe(Math.PI * Math.PI, 1e-8);
}
