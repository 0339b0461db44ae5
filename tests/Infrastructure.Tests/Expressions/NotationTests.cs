using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Expressions;

/// <summary>The notation of NumPy, Python and textbooks.</summary>
public class NotationTests
{
    [Theory]
    [InlineData("x[0]", "y = Gather(x, 0, axis=0)")]
    [InlineData("x[-1]", "y = Gather(x, -1, axis=0)")]
    [InlineData("x[1, 2]", "y.1 = Gather(x, 1, axis=0); y = Gather(y.1, 2, axis=0)")]
    [InlineData("x[:, 2]", "y = Gather(x, 2, axis=1)")]
    [InlineData("x[1:3]", "y = Slice(x, axes=[0], ends=[3], starts=[1], steps=[1])")]
    [InlineData("x[:-1]", "y = Slice(x, axes=[0], ends=[-1], starts=[0], steps=[1])")]
    [InlineData("x[::2]", "y = Slice(x, axes=[0], ends=[9223372036854775807], starts=[0], steps=[2])")]
    [InlineData("x[::-1]", "y = Slice(x, axes=[0], ends=[-9223372036854775807], starts=[9223372036854775807], steps=[-1])")]
    [InlineData("x[1:3, ::-1]", "y.1 = Slice(x, axes=[0], ends=[3], starts=[1], steps=[1]); y = Slice(y.1, axes=[1], ends=[-9223372036854775807], starts=[9223372036854775807], steps=[-1])")]
    [InlineData("x[..., None]", "y = Unsqueeze(x, axes=[-1])")]
    [InlineData("x[None]", "y = Unsqueeze(x, axes=[0])")]
    [InlineData("x[:, None, 0]", "y.1 = Unsqueeze(x, axes=[1]); y = Gather(y.1, 0, axis=2)")]
    [InlineData("x[..., 0, 1:]", "y.1 = Slice(x, axes=[-1], ends=[9223372036854775807], starts=[1], steps=[1]); y = Gather(y.1, 0, axis=-2)")]
    [InlineData("x[i]", "y = Gather(x, i, axis=0)")]
    [InlineData("x[:, i]", "y = Gather(x, i, axis=1)")]
    [InlineData("x[0, i]", "y.1 = Gather(x, 0, axis=0); y = Gather(y.1, i, axis=0)")]
    [InlineData("x[i + 1]", "y.1 = Add(i, 1); y = Gather(x, y.1, axis=0)")]
    [InlineData("-x[0]^2", "y.1 = Gather(x, 0, axis=0); y.2 = Pow(y.1, 2); y = Neg(y.2)")]
    [InlineData("exp(x)[0]", "y.1 = Exp(x); y = Gather(y.1, 0, axis=0)")]
    [InlineData("x[i[0]]", "y.1 = Gather(i, 0, axis=0); y = Gather(x, y.1, axis=0)")]
    [InlineData("x[0][1]", "y.1 = Gather(x, 0, axis=0); y = Gather(y.1, 1, axis=0)")]
    [InlineData("x[\n0]", "y = Gather(x, 0, axis=0)")]
    public void Indices_and_slices_are_those_of_NumPy(string text, string nodes) => Written.Nodes($"y = {text}").ShouldBe(nodes);

    [Theory]
    [InlineData("x.T @ x", "y.1 = Transpose(x); y = MatMul(y.1, x)")]
    [InlineData("x.mT", "y = Einsum(x, equation='...ij->...ji')")]
    [InlineData("-x²", "y.1 = Pow(x, 2); y = Neg(y.1)")]
    [InlineData("x⁻¹", "y = Pow(x, -1)")]
    [InlineData("a*x³", "y.1 = Pow(x, 3); y = Mul(a, y.1)")]
    [InlineData("√x", "y = Sqrt(x)")]
    [InlineData("√x² · a", "y.1 = Pow(x, 2); y.2 = Sqrt(y.1); y = Mul(y.2, a)")]
    [InlineData("a × b − c ÷ d", "y.1 = Mul(a, b); y.2 = Div(c, d); y = Sub(y.1, y.2)")]
    [InlineData("−x", "y = Neg(x)")]
    [InlineData("a ≤ b", "y = LessOrEqual(a, b)")]
    [InlineData("a ≠ b", "y.1 = Equal(a, b); y = Not(y.1)")]
    [InlineData("|x|", "y = Abs(x)")]
    [InlineData("|a - b| * |c|", "y.1 = Sub(a, b); y.2 = Abs(y.1); y.3 = Abs(c); y = Mul(y.2, y.3)")]
    [InlineData("||x| - 1|", "y.1 = Abs(x); y.2 = Sub(y.1, 1); y = Abs(y.2)")]
    public void Textbook_notation_is_read(string text, string nodes) => Written.Nodes($"y = {text}").ShouldBe(nodes);

    [Theory]
    [InlineData("a if c else b", "y = Where(c, a, b)")]
    [InlineData("x if x > 0 else -x", "y.1 = Greater(x, 0); y.2 = Neg(x); y = Where(y.1, x, y.2)")]
    [InlineData("a if c else b if d else e", "y.1 = Where(d, b, e); y = Where(c, a, y.1)")]
    [InlineData("exp(a if c else b)", "y.1 = Where(c, a, b); y = Exp(y.1)")]
    [InlineData("a > 0 and not b > 0 or c", "y.1 = Greater(a, 0); y.2 = Greater(b, 0); y.3 = Not(y.2); y.4 = And(y.1, y.3); y = Or(y.4, c)")]
    [InlineData("not(a)", "y = Not(a)")]
    [InlineData("and(a, b)", "y = And(a, b)")]
    [InlineData("not * or", "y = Mul(not, or)")]
    [InlineData("(x > 0) * x", "y.1 = Greater(x, 0); y.2 = CastLike(y.1, x); y = Mul(y.2, x)")]
    [InlineData("2 * (x > 0)", "y.1 = Greater(x, 0); y.2 = Where(y.1, 1, 0); y = Mul(2, y.2)")]
    public void Conditions_are_those_of_Python(string text, string nodes) => Written.Nodes($"y = {text}").ShouldBe(nodes);

    [Theory]
    [InlineData("sum([1, 2, 3] * x)", "y.2 = Mul(y.1, x); y = ReduceSum(y.2, keepdims=0)")]
    [InlineData("[a, b]", "y.1 = Unsqueeze(a, axes=[0]); y.2 = Unsqueeze(b, axes=[0]); y = Concat(y.1, y.2, axis=0)")]
    [InlineData("[a, 0]", "y.1 = Unsqueeze(a, axes=[0]); y = Concat(y.1, y.2, axis=0)")]
    [InlineData("x[[2, 0]]", "y = Gather(x, y.1, axis=0)")]
    [InlineData("sum(x, axis=[0, 1])", "y = ReduceSum(x, axes=[0,1], keepdims=0)")]
    public void Lists_are_arrays(string text, string nodes) => Written.Nodes($"y = {text}").ShouldBe(nodes);

    [Fact]
    public void Nested_lists_are_one_constant()
    {
        var constant = Written.Parse("y = [[1, 2], [3, 4.5]]").Constants.ShouldHaveSingleItem();
        constant.IsFixed.ShouldBeTrue();
        constant.Value.Value.Shape.Dims.ToArray().ShouldBe([2, 2]);
        constant.Value.Value.Values<double>().ToArray().ShouldBe([1, 2, 3, 4.5]);
    }

    [Theory]
    [InlineData("log(x, 10)", "y.1 = Log(x); y.2 = Log(10); y = Div(y.1, y.2)")]
    [InlineData("x // 3", "y.1 = Div(x, 3); y = Floor(y.1)")]
    public void Python_names_and_operators(string text, string nodes) => Written.Nodes($"y = {text}").ShouldBe(nodes);

    [Theory]
    [InlineData("e^x", new[] { "x" }, new[] { "x" })]
    [InlineData("e^x", new[] { "x", "e" }, new[] { "e", "x" })]
    [InlineData("e = 2*x; e^2", new[] { "x" }, new[] { "x" })]
    [InlineData("e^x", null, new[] { "e", "x" })]
    public void Without_a_value_e_is_the_number_of_Euler(string text, string[]? given, string[] inputs) =>
        Written.Parser.Parse(text, given, CancellationToken.None).Inputs.Select(input => input.Name).ShouldBe(inputs);

    [Theory]
    [InlineData("9007199254740995.0", 9007199254740995)]
    [InlineData("9.007199254740995e15", 9007199254740995)]
    [InlineData("9007199254740993.00", 9007199254740993)]
    [InlineData("-9007199254740993.0", -9007199254740993)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("9223372036854775807.0", long.MaxValue)]
    public void Whole_numbers_keep_their_digits(string text, long number) =>
        Written.Parse($"y = exp({text})").Nodes[0].Inputs[0].Number!.Value.Values<long>()[0].ShouldBe(number);
}
