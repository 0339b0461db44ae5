using Backprop.Compute.Host.Functions;
using Backprop.Domain.Graphs;
using Shouldly;
using static Backprop.Compute.Tests.Nodes;

namespace Backprop.Compute.Tests.Host;

public class UnaryKernelTests
{
    private static readonly Dictionary<string, Func<double, double>> Functions = new()
    {
        ["Sqrt"] = Math.Sqrt,
        ["Exp"] = Math.Exp,
        ["Log"] = Math.Log,
        ["Sin"] = Math.Sin,
        ["Cos"] = Math.Cos,
        ["Tan"] = Math.Tan,
        ["Asin"] = Math.Asin,
        ["Acos"] = Math.Acos,
        ["Atan"] = Math.Atan,
        ["Sinh"] = Math.Sinh,
        ["Cosh"] = Math.Cosh,
        ["Tanh"] = Math.Tanh,
        ["Asinh"] = Math.Asinh,
        ["Acosh"] = Math.Acosh,
        ["Atanh"] = Math.Atanh,
        ["Floor"] = Math.Floor,
        ["Ceil"] = Math.Ceiling,
        ["Round"] = x => Math.Round(x, MidpointRounding.ToEven),
        ["Erf"] = SpecialFunctions.Erf,
        ["Erfc"] = SpecialFunctions.Erfc,
        ["Log1p"] = SpecialFunctions.Log1p,
        ["Expm1"] = SpecialFunctions.Expm1,
        ["Lgamma"] = SpecialFunctions.Lgamma,
        ["Digamma"] = SpecialFunctions.Digamma,
        ["Sigmoid"] = SpecialFunctions.Sigmoid,
        ["Softplus"] = SpecialFunctions.Softplus,
        ["Neg"] = x => -x,
        ["Abs"] = Math.Abs,
        ["Sign"] = x => double.IsNaN(x) ? x : Math.Sign(x),
    };

    public static TheoryData<string> Names => [.. Functions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Agrees_with_the_function_of_one_number(string name)
    {
        double[] x =
        [
            .. Random(F64(300), 5).Values<double>(), 0.5, 1.5, 2.5, -0.5, 1e-8, -1e-8, 1e-300, 30, -30, 700, 1e6, -1e6,
            0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity,
        ];
        double[] y = Eval(name, F64(x.Length), [Tensor.Vector(x)]).Doubles();
        double[] single = Eval(name, F32(x.Length), [Tensor.Vector(Array.ConvertAll(x, v => (float)v))]).Doubles();
        for (int i = 0; i < x.Length; i++)
        {
            double expected = Functions[name](x[i]), rounded = Functions[name]((float)x[i]);
            if (Math.Abs(x[i]) >= 1e-17 || !double.IsFinite(expected) || x[i] == 0)
            {
                Close(y[i], expected, 9e-16).ShouldBeTrue($"{name}({x[i]}) = {expected}, not {y[i]}");
            }

            if (Math.Abs(rounded) < 1e38 && Math.Abs(x[i]) < 1e5)
            {
                Close(single[i], rounded, 5e-7).ShouldBeTrue($"float {name}({x[i]}) = {rounded}, not {single[i]}");
            }
        }
    }

    [Fact]
    public void Integers_are_negated_and_measured()
    {
        Tensor x = Tensor.Vector(-3L, 0L, 5L, long.MinValue);
        Eval("Neg", I64(4), [x]).ToIntegers().ShouldBe([3, 0, -5, long.MinValue]);
        Eval("Abs", I64(4), [x]).ToIntegers().ShouldBe([3, 0, 5, long.MinValue]);
        Eval("Sign", I64(4), [x]).ToIntegers().ShouldBe([-1, 0, 1, -1]);
    }

    [Fact]
    public void Polygamma_reads_its_order()
    {
        Eval("Polygamma", F64(1), [Tensor.Vector(1.0)], ("n", 1L))[0].ShouldBe(Math.PI * Math.PI / 6, 1e-15);
        Eval("Polygamma", F32(1), [Tensor.Vector(1.0f)], ("n", 1L))[0].ShouldBe(Math.PI * Math.PI / 6, 1e-7);
    }

    [Fact]
    public void Questions_give_bools()
    {
        Tensor x = Tensor.Vector(1, double.NaN, double.PositiveInfinity, double.NegativeInfinity);
        Eval("IsNaN", Bits(4), [x]).Doubles().ShouldBe([0, 1, 0, 0]);
        Eval("IsInf", Bits(4), [x], ("detect_negative", 1L), ("detect_positive", 1L)).Doubles().ShouldBe([0, 0, 1, 1]);
        Eval("IsInf", Bits(4), [x], ("detect_negative", 0L), ("detect_positive", 1L)).Doubles().ShouldBe([0, 0, 1, 0]);
        Eval("Not", Bits(2), [Tensor.Vector(true, false)]).Doubles().ShouldBe([0, 1]);
    }

    [Fact]
    public void Casts_truncate_and_saturate()
    {
        Tensor x = Tensor.Vector(1.9, -1.9, double.NaN, 1e300, double.NegativeInfinity, 0);
        Eval("Cast", I64(6), [x]).ToIntegers().ShouldBe([1, -1, 0, long.MaxValue, long.MinValue, 0]);
        Eval("Cast", Bits(6), [x]).Doubles().ShouldBe([1, 1, 1, 1, 1, 0]);
        Eval("Cast", F32(6), [x]).Values<float>().ToArray().ShouldBe([1.9f, -1.9f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0]);
        Eval("Cast", F64(2), [Tensor.Vector(true, false)]).Doubles().ShouldBe([1, 0]);
        Eval("Cast", I64(2), [Tensor.Vector(1.5f, -2.5f)]).ToIntegers().ShouldBe([1, -2]);
        Eval("Cast", F32(2), [Tensor.Vector(3L, 16777217L)]).Doubles().ShouldBe([3, 16777216]);
        Eval("Cast", F64(2), [Tensor.Vector(3L, -4L)]).Doubles().ShouldBe([3, -4]);
    }

    private static bool Close(double actual, double expected, double relative) =>
        actual.Equals(expected) || actual == expected || Math.Abs(actual - expected) <= relative * Math.Abs(expected) + 1e-45 * (relative > 1e-10 ? 1 : 0);
}
