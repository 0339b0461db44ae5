using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Expressions;

public class FunctionTests
{
    [Theory]
    [InlineData("exp", "Exp")]
    [InlineData("log", "Log")]
    [InlineData("arcsin", "Asin")]
    [InlineData("atanh", "Atanh")]
    [InlineData("tanh", "Tanh")]
    [InlineData("erfc", "Erfc")]
    [InlineData("rsqrt", "Rsqrt")]
    [InlineData("log1p", "Log1p")]
    [InlineData("lgamma", "Lgamma")]
    [InlineData("sigmoid", "Sigmoid")]
    [InlineData("leaky_relu", "LeakyRelu")]
    [InlineData("leakyrelu", "LeakyRelu")]
    [InlineData("silu", "Swish")]
    [InlineData("hardsigmoid", "HardSigmoid")]
    [InlineData("hard_swish", "HardSwish")]
    [InlineData("thresholded_relu", "ThresholdedRelu")]
    [InlineData("stopgradient", "StopGradient")]
    [InlineData("isnan", "IsNaN")]
    [InlineData("logical_not", "Not")]
    [InlineData("transpose", "Transpose")]
    public void Usual_names_of_one_operand(string name, string op) => Written.Nodes($"y = {name}(x)").ShouldBe($"y = {op}(x)");

    [Theory]
    [InlineData("where(x > 0, x^2, -x)", "y.1 = Greater(x, 0); y.2 = Pow(x, 2); y.3 = Neg(x); y = Where(y.1, y.2, y.3)")]
    [InlineData("pow(a, b)", "y = Pow(a, b)")]
    [InlineData("atan2(a, b)", "y = Atan2(a, b)")]
    [InlineData("mod(a, b)", "y = Mod(a, b, fmod=1)")]
    [InlineData("dot(a, b)", "y = MatMul(a, b)")]
    [InlineData("not_equal(a, b)", "y.1 = Equal(a, b); y = Not(y.1)")]
    [InlineData("less_equal(a, b)", "y = LessOrEqual(a, b)")]
    [InlineData("logical_and(a, b)", "y = And(a, b)")]
    [InlineData("clip(x, -1, 1)", "y = Clip(x, -1, 1)")]
    [InlineData("clamp(x, max=2.5)", "y = Clip(x, _, 2.5)")]
    [InlineData("clip(x, min=a_number)", null)]
    [InlineData("clip(x, a)", "y = Clip(x, a)")]
    [InlineData("clip(x, min=0, max=1)", "y = Clip(x, 0, 1)")]
    [InlineData("elu(x, alpha=0.5)", "y = Elu(x, alpha=0.5)")]
    [InlineData("gelu(x, approximate='tanh')", "y = Gelu(x, approximate='tanh')")]
    [InlineData("gelu(x, approximate=tanh)", "y = Gelu(x, approximate='tanh')")]
    [InlineData("gelu(x, approximate=\"none\")", "y = Gelu(x, approximate='none')")]
    [InlineData("gelu(x, approximate=None)", "y = Gelu(x)")]
    [InlineData("transpose(x, axes=(1, 0))", "y = Transpose(x, perm=[1,0])")]
    [InlineData("sin(cos((x)))", "y.1 = Cos(x); y = Sin(y.1)")]
    public void Usual_names_of_more(string text, string? nodes)
    {
        if (nodes is null)
        {
            Written.Failure($"y = {text}").Message.ShouldContain("'min' is not a number");
            return;
        }

        Written.Nodes($"y = {text}").ShouldBe(nodes);
    }

    [Theory]
    [InlineData("sum(x)", "ReduceSum(x, keepdims=0)")]
    [InlineData("sum(x, axis=0)", "ReduceSum(x, axes=[0], keepdims=0)")]
    [InlineData("sum(x, axis=(0, 2))", "ReduceSum(x, axes=[0,2], keepdims=0)")]
    [InlineData("sum(x, axis=(1,))", "ReduceSum(x, axes=[1], keepdims=0)")]
    [InlineData("sum(x, axis=None, keepdims=True)", "ReduceSum(x, keepdims=1)")]
    [InlineData("mean(x, axis=-1, keepdims=true)", "ReduceMean(x, axes=[-1], keepdims=1)")]
    [InlineData("max(x, keepdims=1)", "ReduceMax(x, keepdims=1)")]
    [InlineData("min(x, keepdims=False)", "ReduceMin(x, keepdims=0)")]
    [InlineData("prod(x, keepdims=0)", "ReduceProd(x, keepdims=0)")]
    [InlineData("logsumexp(x)", "ReduceLogSumExp(x, keepdims=0)")]
    [InlineData("norm(x)", "ReduceL2(x, keepdims=0)")]
    [InlineData("l1(x)", "ReduceL1(x, keepdims=0)")]
    [InlineData("sum_square(x)", "ReduceSumSquare(x, keepdims=0)")]
    [InlineData("sum(x, z)", "Sum(x, z)")]
    [InlineData("min(a, b, 7)", "Min(a, b, 7)")]
    [InlineData("softmax(x)", "Softmax(x, axis=-1)")]
    [InlineData("log_softmax(x, axis=0)", "LogSoftmax(x, axis=0)")]
    [InlineData("cumsum(x, axis=1)", "CumSum(x, 1, exclusive=0, reverse=0)")]
    [InlineData("argmax(x, axis=1)", "ArgMax(x, axis=1, keepdims=0)")]
    [InlineData("argmin(x, axis=-1, keepdims=True)", "ArgMin(x, axis=-1, keepdims=1)")]
    public void Reductions_follow_NumPy(string text, string node) => Written.Nodes($"y = {text}").ShouldBe($"y = {node}");

    [Theory]
    [InlineData("argmax(x)", "y.1 = Reshape(x, shape=[-1]); y = ArgMax(y.1, axis=0, keepdims=0)")]
    [InlineData("cumsum(x)", "y.1 = Reshape(x, shape=[-1]); y = CumSum(y.1, 0, exclusive=0, reverse=0)")]
    public void Without_an_axis_positions_are_those_of_the_flat_array(string text, string nodes) => Written.Nodes($"y = {text}").ShouldBe(nodes);

    [Theory]
    [InlineData("layernormalization(x, g, b, axis=-1, epsilon=1e-3)", "LayerNormalization(x, g, b, axis=-1, epsilon=0.001)")]
    [InlineData("layer_normalization(x, g)", "LayerNormalization(x, g)")]
    [InlineData("ReduceSum(x, axes=(0, 1), keepdims=0)", "ReduceSum(x, axes=[0,1], keepdims=0)")]
    [InlineData("concat(a, b, axis=0)", "Concat(a, b, axis=0)")]
    [InlineData("pad(x, pads=(1, 0.5), mode=reflect)", "Pad(x, mode='reflect', pads=[1.0,0.5])")]
    [InlineData("pad(x, names=('a', b))", "Pad(x, names=['a','b'])")]
    [InlineData("gathernd(x, i)", "GatherND(x, i)")]
    [InlineData("range(0, n, 1)", "Range(0, n, 1)")]
    public void Any_operator_can_be_called(string text, string node) => Written.Nodes($"y = {text}").ShouldBe($"y = {node}");
}
