using Backprop.Domain.Graphs;
using Backprop.Domain.Operators;
using Backprop.Infrastructure.Formats.Expressions;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Expressions;

/// <summary>What newcomers write, coming from NumPy, PyTorch, other languages or paper: it is read, or the message says what to write.</summary>
public class NewcomerTests
{
    private static readonly string[] Given = ["x", "y", "w", "b"];
    private static readonly ExpressionParser Parser = new(OperatorTable.All.Select(row => row.Name));

    /// <summary>Both are the same graph.</summary>
    [Theory]
    [InlineData("np.exp(x)", "exp(x)")]
    [InlineData("math.exp(x)", "exp(x)")]
    [InlineData("torch.exp(x)", "exp(x)")]
    [InlineData("jnp.sum(x**2)", "sum(x**2)")]
    [InlineData("F.relu(x)", "relu(x)")]
    [InlineData("torch.nn.functional.relu(x)", "relu(x)")]
    [InlineData("np.linalg.inv(x)", "inv(x)")]
    [InlineData("np.pi*x", "pi*x")]
    [InlineData("x.sum()", "sum(x)")]
    [InlineData("x.mean(axis=0)", "mean(x, axis=0)")]
    [InlineData("x.sum(0)", "sum(x, axis=0)")]
    [InlineData("(x @ w).tanh().sum()", "sum(tanh(x @ w))")]
    [InlineData("np.exp(x).sum()", "sum(exp(x))")]
    [InlineData("x.T @ y", "transpose(x) @ y")]
    [InlineData("x.dot(y)", "dot(x, y)")]
    [InlineData("x.reshape(3, 1)", "reshape(x, shape=(3, 1))")]
    [InlineData("reshape(x, (3, 1))", "reshape(x, shape=(3, 1))")]
    [InlineData("reshape(x, [3, 1])", "reshape(x, shape=(3, 1))")]
    [InlineData("reshape(x, 3, 1)", "reshape(x, shape=(3, 1))")]
    [InlineData("sum(x, axis=[0, 1])", "sum(x, axis=(0, 1))")]
    [InlineData("sum(x, (0, 1))", "sum(x, axis=(0, 1))")]
    [InlineData("sum(x, [0, 1])", "sum(x, axis=(0, 1))")]
    [InlineData("transpose(x, (1, 0))", "transpose(x, axes=(1, 0))")]
    [InlineData("zeros((2, 3)) + x", "zeros(2, 3) + x")]
    [InlineData("sum(x, dim=0)", "sum(x, axis=0)")]
    [InlineData("sum(x, axes=0)", "sum(x, axis=0)")]
    [InlineData("sum(x, dim=0, keepdim=True)", "sum(x, axis=0, keepdims=True)")]
    [InlineData("layernorm(x)", "layer_norm(x)")]
    [InlineData("softmax(x, dim=-1)", "softmax(x, axis=-1)")]
    [InlineData("softmax(x, 0)", "softmax(x, axis=0)")]
    [InlineData("logsumexp(x, 0)", "logsumexp(x, axis=0)")]
    [InlineData("leaky_relu(x, 0.2)", "leaky_relu(x, alpha=0.2)")]
    [InlineData("leaky_relu(x, negative_slope=0.2)", "leaky_relu(x, alpha=0.2)")]
    [InlineData("einsum('i,i->', x, y)", "einsum(x, y, equation='i,i->')")]
    [InlineData("log(x, 10)", "log(x) / log(10)")]
    [InlineData("onehot(x, 3)", "one_hot(x, 3, [0, 1])")]
    [InlineData("one_hot(x, 3, axis=0)", "one_hot(x, 3, [0, 1], axis=0)")]
    [InlineData("e^x", "2.718281828459045^x")]
    [InlineData("π*x", "pi*x")]
    [InlineData("σ(x)", "sigmoid(x)")]
    [InlineData("x²", "x^2")]
    [InlineData("x·y × y ÷ 2 − 1 – 2", "x*y*y/2 - 1 - 2")]
    [InlineData("∣x∣", "abs(x)")]
    [InlineData("√x", "sqrt(x)")]
    [InlineData("1_000*x", "1000*x")]
    [InlineData("x if x > 0 else y", "where(x > 0, x, y)")]
    [InlineData("x % 2", "mod(x, 2)")]
    [InlineData("x // 2", "floor_divide(x, 2)")]
    public void What_other_libraries_write_is_read(string written, string meant) => Form(written).ShouldBe(Form(meant));

    [Theory]
    [InlineData("2x", "write a product with '*': 2*x")]
    [InlineData("2 x", "2*x")]
    [InlineData("x y", "x*y")]
    [InlineData("2(x+1)", "2*(x+1)")]
    [InlineData("(x+1)(x-1)", "(x+1)*(x-1)")]
    [InlineData("y + x^2 sin(x)", "x^2*sin(x)")]
    [InlineData("x(x+1)", "'x' is a value, not a function; write a product with '*': x*(…)")]
    [InlineData("2e", "2*e")]
    [InlineData("1st*2", "a name does not begin with a digit")]
    [InlineData("0x10*x", "a number is decimal: 16")]
    [InlineData("1,000*x", "a number has no separators: 1000 or 1_000")]
    [InlineData("ln x", "a function needs parentheses: ln(x)")]
    [InlineData("sin x", "sin(x)")]
    [InlineData("sin^2(x)", "sin(x)^2")]
    [InlineData("sin²(x)", "sin(x)^2")]
    [InlineData("sin^2 x", "sin(x)^2")]
    [InlineData("tan^-1(x)", "atan(x)")]
    [InlineData("tan⁻¹(x)", "atan(x)")]
    [InlineData("if x > 0 then x else 0", "write a choice as 'a if c else b'")]
    [InlineData("x > 0 ? x : 0", "write a choice as 'a if c else b'")]
    [InlineData("x > 1 && x < 3", "write 'and' between conditions")]
    [InlineData("x > 1 || x < 3", "write 'or' between conditions")]
    [InlineData("!x", "write 'not' before a condition")]
    [InlineData("x!", "write a factorial as gamma(x + 1)")]
    [InlineData("lambda x: x**2", "write only the body")]
    [InlineData("f(x) = x^2", "functions cannot be defined")]
    [InlineData("sin(x) = 3", "functions cannot be defined")]
    [InlineData("return x^2", "write only the value")]
    [InlineData("import numpy as np; np.exp(x)", "functions need no import")]
    [InlineData("sum(i=1..n)", "run over the elements of an array: sum(x)")]
    [InlineData("x^2 // comment", "a comment begins with '#'")]
    [InlineData("i*x", "complex numbers are not supported")]
    [InlineData("x^2 // the comment", "a comment begins with '#'")]
    [InlineData("// comment\nx^2", "a comment begins with '#'")]
    [InlineData("x /* comment */", "a comment begins with '#'")]
    [InlineData("x += 1", "a name is defined once: write 'y = x + 1'")]
    [InlineData("L := x^2", "write a definition with '='")]
    [InlineData("x $ 2", "plain text instead of LaTeX")]
    [InlineData("\\frac{x}{2}", "plain text instead of LaTeX")]
    [InlineData("x^{2}", "write ( ) instead of braces")]
    [InlineData("∑ x", "write sum(x)")]
    [InlineData("Σ(x)", "write sum(x)")]
    [InlineData("∂x", "/gradients, /jacobians and /hessians")]
    [InlineData("∇f", "/gradients, /jacobians and /hessians")]
    [InlineData("d/dx x^2", "/gradients, /jacobians and /hessians")]
    [InlineData("d/dx(x^2)", "/gradients, /jacobians and /hessians")]
    [InlineData("grad(x)", "/gradients, /jacobians and /hessians")]
    [InlineData("integral(x)", "trapezoid(y, x)")]
    [InlineData("'my var'*2", "a name has no quotation marks")]
    [InlineData("sum(x' * x)", "write the transpose as x.T")]
    [InlineData("x . y", "write a product as x*y, dot(x, y) or x @ y")]
    [InlineData("x.y*2", "expected T, mT or a call such as x.sum()")]
    [InlineData("x <> 2", "write inequality as '!='")]
    [InlineData("😀*2", "unexpected character '😀'")]
    [InlineData("True", "truth values are comparisons")]
    [InlineData("float(x)", "values are floats already")]
    [InlineData("int(x)", "write trunc(x)")]
    [InlineData("factorial(x)", "write gamma(x + 1)")]
    [InlineData("step(x)", "write heaviside(x, 0.5)")]
    [InlineData("random(x)", "random_uniform")]
    [InlineData("sigma(x)", "did you mean 'sigmoid' or 'std'?")]
    [InlineData("sigmod(x)", "did you mean 'sigmoid'?")]
    [InlineData("tahn(x)", "did you mean 'tanh'?")]
    [InlineData("np.tahn(x)", "did you mean 'tanh'?")]
    [InlineData("x.summ()", "did you mean 'sum'?")]
    [InlineData("avg(x)", "did you mean 'mean'?")]
    [InlineData("fancy(x)", "GET /expressions lists the functions")]
    [InlineData("norm(x, 2)", "write norm(x)")]
    [InlineData("hypot(x)", "'hypot' takes 2 operands, got 1: hypot(")]
    [InlineData("onehot(x)", "'onehot' takes 2 to 3 operands, got 1: onehot(indices, depth, values?, axis=-1)")]
    [InlineData("cast(x)", "'cast' needs the keyword 'to': cast(")]
    [InlineData("0𝛼", "0*𝛼")]
    [InlineData("sum(x, axis=rows)", "'axis' must be")]
    [InlineData("sum(x, axs=0)", "has no keyword 'axs'")]
    [InlineData("elu(x, alpha=y*2)", "a keyword takes a number, a string or a tuple")]
    [InlineData("(x, y)", "expected an operator or ')'")]
    [InlineData("sum((x, y))", "a tuple contains whole numbers")]
    [InlineData("ptp(x, axis=1.5)", "'axis' must be")]
    public void What_is_not_read_says_what_to_write(string written, string hint)
    {
        GraphException failure = Should.Throw<GraphException>(() => Parser.Parse(written, Given, CancellationToken.None));
        failure.Message.ShouldContain(hint);
        TextPlace place = failure.Place.ShouldNotBeNull();
        place.Text.ShouldBe(written);
        failure.Message.ShouldStartWith($"line {place.Line}, column {place.Column}: ");
    }

    /// <summary>A prefix of a module is a value where the request has one of that name.</summary>
    [Fact]
    public void A_value_may_be_named_like_a_module() =>
        Parser.Parse("F.sum() + nn", ["F", "nn"], CancellationToken.None).Inputs.Select(input => input.Name).ShouldBe(["F", "nn"]);

    [Theory]
    [InlineData("x₁*2", "x₁")]
    [InlineData("π*x", "π", "x")]
    public void Names_may_have_subscripts_and_take_precedence(string written, params string[] inputs) =>
        Parser.Parse(written, inputs, CancellationToken.None).Inputs.Select(input => input.Name).ShouldBe(inputs);

    private static string Form(string text) => string.Join("; ", Parser.Parse($"L = {text}", Given, CancellationToken.None).Nodes.Select(node =>
        $"{node.Name} = {node.Op}({string.Join(", ", node.Inputs.Select(Operand))}) {string.Join(" ", node.Attributes.Select(Attribute).Order())}"));

    private static string Operand(Operand operand) => operand.Name ?? $"{operand.Number?.Value[0]}";

    private static string Attribute(KeyValuePair<string, AttributeValue> attribute) => attribute.Value switch
    {
        { Texts: { } texts } => $"{attribute.Key}={string.Join(",", texts)}",
        { Numbers.Value: var numbers } => $"{attribute.Key}={string.Join(",", Enumerable.Range(0, numbers.Count).Select(i => numbers[i]))}",
        _ => attribute.Key,
    };
}
