using Backprop.Domain.Graphs;
using Backprop.Testing.Samples;

namespace Backprop.Domain.Tests.Costs;

/// <summary>FLOPs of a call of one operator, counted by its textbook formula only from shapes: no graph is used.</summary>
internal sealed class OperatorCount(Sample sample, Shape result)
{
    private static readonly HashSet<string> OneEach =
    [
        "Abs", "Neg", "Sign", "Sqrt", "Reciprocal", "Square", "Exp", "Expm1", "Log", "Log1p", "Sin", "Cos", "Tan", "Asin", "Acos", "Atan", "Sinh", "Cosh", "Tanh",
        "Asinh", "Acosh", "Atanh", "Erf", "Erfc", "Lgamma", "Digamma", "Polygamma", "Erfinv", "Erfcinv", "Erfcx", "Gamma", "BesselI", "Floor", "Ceil", "Round", "Add", "Sub", "Mul", "Div", "Pow", "Mod", "Atan2", "Hypot",
        "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "And", "Or", "Xor", "Not", "IsNaN", "IsInf", "Sigmoid", "Softplus", "Relu", "ThresholdedRelu", "CumSum",
    ];

    private static readonly HashSet<string> Nothing =
    [
        "Identity", "StopGradient", "Cast", "Where", "Gather", "GatherElements", "GatherND", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose", "Expand", "Concat",
        "Split", "Slice", "Pad", "Tile", "Shape", "Size", "ConstantOfShape", "Unfold", "MaxUnpool",
    ];

    private long N => result.Count;

    private long X => ShapeOf(0).Count;

    public long Expected() => sample.Operator switch
    {
        string name when OneEach.Contains(name) => N,
        string name when Nothing.Contains(name) => 0,
        "Rsqrt" or "LeakyRelu" or "PRelu" or "Range" => 2 * N,
        "Elu" or "Swish" or "Mish" => 3 * N,
        "Softsign" => 8 * N,
        "Celu" => Number("alpha", 1) == 1 ? 3 * N : 4 * N,
        "Selu" or "HardSigmoid" or "Shrink" => 4 * N,
        "HardSwish" => 5 * N,
        "Gelu" => (Has("approximate") ? 8 : 4) * N,
        "Clip" => X * (Bounds() + (sample.Arguments[0].Input is { DType: DType.Int64 } ? 0 : 1)),
        "Max" or "Min" => Operands < 3 ? (Operands - 1) * N : Operands * N,
        "Sum" => Running(),
        "Mean" => Running() + N,
        "MatMul" => 2 * N * ShapeOf(0)[^1],
        "Gemm" => Gemm(),
        "Einsum" => EinsumCount.Of(Text("equation", ""), [.. Enumerable.Range(0, Operands).Select(ShapeOf)]),
        "Softmax" => 5 * N,
        "LogSoftmax" => (5 * N) + (N / ShapeOf(0)[Axis("axis", -1)]),
        "LayerNormalization" => (6 * X) + (4 * Rows()) + (Operands == 3 ? X : 0),
        "RMSNormalization" => (4 * X) + (3 * Rows()),
        "SoftmaxCrossEntropyLoss" => (5 * X) + (X / ShapeOf(0)[1]) + Loss(),
        "NegativeLogLikelihoodLoss" => Loss(),
        "Conv" or "ConvTranspose" or "ArgMaxPool" or "MaxPool" or "AveragePool" or "LpPool" => new WindowCount(sample, result).Expected(),
        "GlobalAveragePool" => X + N,
        "GlobalMaxPool" => X,
        "Fold" => sample.Form == "single elements" ? 0 : X,
        "GlobalLpPool" => ((Number("p", 2) > 2 ? 3 : 2) * X) + (Number("p", 2) switch { 1 => 0, 2 => N, _ => 2 * N }),
        "LRN" => N * ((long)Number("size", 0) + 5),
        "ReduceSum" or "ReduceMax" or "ReduceMin" => Reduced,
        "ReduceMean" => Reduced + N,
        "ReduceProd" => X - N,
        "ReduceL1" or "ReduceSumSquare" => X + Reduced,
        "ReduceL2" => (2 * X) + N + (Has("epsilon") ? N : 0),
        "NormGrad" => 2 * N,
        "ReduceLogSum" => Reduced + N,
        "ReduceLogSumExp" => (4 * X) + (2 * N),
        "ArgMax" or "ArgMin" or "TopK" or "ArgTopK" => X,
        "Trilu" => 2L * ShapeOf(0)[^2] * ShapeOf(0)[^1],
        "OneHot" => N + (2 * X),
        "ScatterElements" or "ScatterND" => Text("reduction", "none") == "none" ? 0 : ShapeOf(2).Count,
        "Gradient" => GradientSamples.Flops(sample),
        _ => ModelCount.Of(sample, result),
    };

    private int Operands => sample.Arguments.Count;

    // Without axes to reduce, nothing is added.
    private long Reduced => sample.Form is "none" or "scalar" ? 0 : X;

    private Shape ShapeOf(int place) => sample.Arguments[place] is var argument && argument.Input is { } input ? input.Shape : argument.Constant?.Value.Shape ?? Shape.Scalar;

    private bool Has(string name) => sample.Attributes.ContainsKey(name);

    private double Number(string name, double otherwise) => sample.Attributes.TryGetValue(name, out AttributeValue? value) ? value.Numbers!.Value[0] : otherwise;

    private string Text(string name, string otherwise) => sample.Attributes.TryGetValue(name, out AttributeValue? value) ? value.Texts![0] : otherwise;

    private int Axis(string name, int otherwise) => (int)Number(name, otherwise) is var axis && axis < 0 ? axis + ShapeOf(0).Rank : axis;

    private int Bounds() => sample.Arguments.Skip(1).Count(argument => argument != Argument.Omitted) + (Has("min") ? 1 : 0) + (Has("max") ? 1 : 0);

    private long Rows() => ShapeOf(0).CountOf(0, Axis("axis", -1));

    private long Running()
    {
        (Shape sum, long flops) = (ShapeOf(0), 0L);
        for (int i = 1; i < Operands; i++)
        {
            sum = Shape.Broadcast(sum, ShapeOf(i))!;
            flops += sum.Count;
        }

        return flops;
    }

    private long Gemm()
    {
        long inner = ShapeOf(0)[Has("transA") ? 0 : 1];
        return (2 * N * inner) + (Number("alpha", 1) == 1 ? 0 : N) + (Operands < 3 ? 0 : N + (Number("beta", 1) == 1 ? 0 : ShapeOf(2).Count));
    }

    // −x at the labels; weighted once, and summed, as are its weights if they are not all 1.
    private long Loss()
    {
        long labels = ShapeOf(1).Count, compared = Has("ignore_index") ? labels : 0;
        bool weighted = Operands == 3, uneven = weighted || Has("ignore_index");
        long flops = compared + labels + (weighted ? labels : 0);
        return flops + Text("reduction", "mean") switch
        {
            "none" => 0,
            "sum" => labels,
            _ => labels + (uneven ? labels : 0) + 1,
        };
    }
}
