using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators.Primitives;
using static Backprop.Domain.Operators.RowSyntax;

namespace Backprop.Domain.Operators.Definitions.Layers;

/// <summary>Normalizations and the losses that go with them.</summary>
internal static class NormalizationRows
{
    public static ImmutableArray<Operator> Rows { get; } =
    [
        Row("Softmax", "x:F", "axis:int=-1", "y·(g - Σ y·g)", "5n", c => c.B.Normalized(Reductions.SoftmaxOp, c.X, c.Int("axis"))),
        Row("LogSoftmax", "x:F", "axis:int=-1", "g - softmax(x)·Σ g", "5n + lines", c => c.B.Normalized(Reductions.LogSoftmaxOp, c.X, c.Int("axis"))),
        RowSyntax.Rows("LayerNormalization", "x:F scale:F bias:F?", "axis:int=-1 epsilon:float=1e-05 stash_type:int=1", "y mean inv_std_dev",
            "by its definition: (x - mean)/sqrt(variance + epsilon)·scale + bias", "6n + 4 × rows, + n with bias", LayerNormalization),
        Row("RMSNormalization", "x:F scale:F", "axis:int=-1 epsilon:float=1e-05 stash_type:int=1",
            "by its definition: x/sqrt(mean(x²) + epsilon)·scale", "4n + 3 × rows", RmsNormalization),
        RowSyntax.Rows("SoftmaxCrossEntropyLoss", "scores:F labels:I weights:F?", "reduction:string=mean ignore_index:int", "loss log_prob",
            "(softmax(scores) - one-hot(labels))·weight, averaged like the loss",
                "5 × elements of scores + 3 × elements of labels, + 2 × elements of labels with weights or ignore_index", SoftmaxCrossEntropy),
        Row("NegativeLogLikelihoodLoss", "x:F labels:I weights:F?", "reduction:string=mean ignore_index:int",
            "-weight at the labels, averaged like the loss", "2 × elements of labels, + 2 × elements of labels with weights or ignore_index", c =>
                LikelihoodLoss(c, c.X)),
    ];

    private static Node[] LayerNormalization(OperatorCall c)
    {
        GraphBuilder b = c.B;
        (Node centred, Node mean) = b.Centred(c.X, TrailingAxes(c));
        Node inverse = b.InverseDeviation(centred, TrailingAxes(c), c.Number("epsilon"));
        Node y = b.Mul(b.Mul(centred, inverse), Parameter(c, 1));
        return [c.Optional(2) is null ? y : b.Add(y, Parameter(c, 2)), mean, inverse];
    }

    private static Node RmsNormalization(OperatorCall c)
    {
        GraphBuilder b = c.B;
        Node inverse = b.InverseDeviation(c.X, TrailingAxes(c), c.Number("epsilon"));
        return b.Mul(b.Mul(c.X, inverse), Parameter(c, 1));
    }

    private static int[] TrailingAxes(OperatorCall c)
    {
        int axis = ReductionBuilding.Axis(c.Int("axis"), c.X.Shape.Rank);
        return [.. Enumerable.Range(axis, c.X.Shape.Rank - axis)];
    }

    private static Node Parameter(OperatorCall c, int place) => Shape.Broadcast(c.X.Shape, c[place].Shape)?.Equals(c.X.Shape) == true
        ? c[place]
        : throw new InvalidOperandException($"shape {c[place].Shape} does not broadcast to {c.X.Shape}", place);

    private static Node[] SoftmaxCrossEntropy(OperatorCall c)
    {
        RequireClasses(c);
        Node logProbabilities = c.B.Normalized(Reductions.LogSoftmaxOp, c.X, 1);
        return [LikelihoodLoss(c, logProbabilities), logProbabilities];
    }

    private static void RequireClasses(OperatorCall c)
    {
        Shape scores = c.X.Shape;
        bool fits = scores.Rank >= 2 && c[1].Shape.Equals(Shape.Of([scores[0], .. scores.Dims[2..]]));
        if (!fits)
        {
            throw new InvalidOperandException($"scores of shape {scores} and labels of shape {c[1].Shape} do not fit: [N,C,d…] and [N,d…] are " +
                $"expected", 1);
        }
    }

    // −w[t]·x[n, t, …] for each label t; the mean divides by the sum of the weights that counted (ONNX, PyTorch).
    private static Node LikelihoodLoss(OperatorCall c, Node x)
    {
        RequireClasses(c);
        GraphBuilder b = c.B;
        Node labels = c[1];
        Node? skipped = c.OptionalInt("ignore_index") is { } ignored ? b.Equal(labels, b.Scalar(ignored, DType.Int64)) : null;
        labels = skipped is null ? labels : b.Where(skipped, b.Scalar(0, DType.Int64), labels);
        Shape column = Shape.Of([labels.Shape[0], 1, .. labels.Shape.Dims[1..]]);
        Node picked = b.Neg(b.Reshape(b.GatherElements(x, b.Reshape(labels, column), 1, areLabels: true), labels.Shape));
        picked = skipped is null ? picked : b.Where(skipped, b.Scalar(0, x.DType), picked);
        Node? weight = Weight(c, labels, skipped, x);
        Node loss = c.Optional(2) is null ? picked : b.Mul(picked, weight!);
        return c.Text("reduction", "mean", "sum", "none") switch
        {
            "none" => loss,
            "sum" => b.Total(loss),
            _ when weight is null => b.ReduceMean(loss, ReductionBuilding.AllAxes(loss), false),
            _ => b.Div(b.Total(loss), b.Total(weight)),
        };
    }

    // The weight of each label: that of its class, or zero if it is ignored; null if all are 1.
    private static Node? Weight(OperatorCall c, Node labels, Node? skipped, Node x)
    {
        Node? each = c.Optional(2) is { } weights ? c.B.Gather(RequireWeights(weights, x.Shape[1]), labels, 0) : null;
        return skipped is null ? each : c.B.Where(skipped, c.B.Scalar(0, x.DType), each ?? c.B.Scalar(1, x.DType));
    }

    private static Node RequireWeights(Node weights, int classes) => weights.Shape.Equals(Shape.Of(classes))
        ? weights
        : throw new InvalidOperandException($"weights of shape {weights.Shape}, expected one for each of {classes} classes", 2);
}
