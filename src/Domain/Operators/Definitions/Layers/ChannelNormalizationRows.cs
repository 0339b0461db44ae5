using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using static Backprop.Domain.Operators.RowSyntax;

namespace Backprop.Domain.Operators.Definitions.Layers;

/// <summary>Normalizations of values [N, C, d…] by channel, and of lines by their norm. Variances are those of the population (ONNX).</summary>
internal static class ChannelNormalizationRows
{
    public static ImmutableArray<Operator> Rows { get; } =
    [
        RowSyntax.Rows("BatchNormalization", "x:F scale:F b:F input_mean:F input_var:F", "epsilon:float=1e-05 momentum:float=0.9 training_mode:int=0",
            "y running_mean running_var", "by its definition: (x - mean)/sqrt(var + epsilon)·scale + b; in training mean and var are those of x",
            "3n + 4 × channels; in training 6n + 6 × channels, + 3 × channels for each running value", BatchNormalization),
        Row("InstanceNormalization", "x:F scale:F b:F", "epsilon:float=1e-05",
            "by its definition: (x - mean)/sqrt(var + epsilon)·scale + b over each channel of each sample", "7n + 4 × samples × channels", c =>
                Grouped(c, null)),
        Row("GroupNormalization", "x:F scale:F bias:F", "epsilon:float=1e-05 num_groups:int! stash_type:int=1",
            "by its definition: (x - mean)/sqrt(var + epsilon)·scale + bias over each group of channels of each sample", "7n + 4 × samples × groups",
                c => Grouped(c, c.Int("num_groups"))),
        Row("LpNormalization", "x:F", "axis:int=-1 p:int=2", "(g - y·Σ y·g)/norm (p = 2); 0 where the norm is 0",
            "3n + 2 × lines (p = 1: 3n + lines)", LpNormalization),
        Row("MeanVarianceNormalization", "x:F", "axes:ints", "by its definition: (x - mean)/(sqrt(var) + 1e-9)", "5n + 4 × means",
            MeanVarianceNormalization),
    ];

    private static Node[] BatchNormalization(OperatorCall c)
    {
        GraphBuilder b = c.B;
        (Node scale, Node bias, Node mean, Node variance) = (Channels(c, 1), Channels(c, 2), Channels(c, 3), Channels(c, 4));
        if (!c.Flag("training_mode"))
        {
            return [Scaled(b.Sub(c.X, mean), variance), c[3], c[4]];
        }

        int[] axes = [.. ReductionBuilding.AllAxes(c.X).Where(axis => axis != 1)];
        (Node centred, Node current, Node spread) = b.Moments(c.X, axes);
        return [Scaled(centred, spread), Running(c, 3, current), Running(c, 4, spread)];

        Node Scaled(Node centred, Node variance) =>
            b.Add(b.Mul(centred, b.Mul(scale, b.InverseDeviation(variance, c.Number("epsilon")))), bias);
    }

    private static Node Running(OperatorCall c, int place, Node current)
    {
        double momentum = c.Number("momentum");
        return c.B.Add(c.B.Times(c[place], momentum), c.B.Times(c.B.Reshape(current, c[place].Shape), 1 - momentum));
    }

    // A parameter of each channel, reshaped to broadcast to x.
    private static Node Channels(OperatorCall c, int place)
    {
        Shape shape = c.X.Shape;
        if (shape.Rank < 2 || !c[place].Shape.Equals(Shape.Of(shape[1])))
        {
            throw new InvalidOperandException($"x of shape {shape} and a parameter of shape {c[place].Shape}: [N,C,…] and one number for each of " +
                $"C channels are expected", place);
        }

        int[] dims = LayoutBuilding.Ones(shape.Rank - 1);
        dims[0] = shape[1];
        return c.B.Reshape(c[place], Shape.Of(dims));
    }

    // Without a number each channel is a group.
    private static Node Grouped(OperatorCall c, int? number)
    {
        GraphBuilder b = c.B;
        Shape shape = c.X.Shape;
        (Node scale, Node bias) = (Channels(c, 1), Channels(c, 2));
        int groups = number ?? shape[1];
        if (groups < 1 || shape[1] % groups != 0)
        {
            throw new InvalidOperandException($"num_groups is {groups}, which does not divide the {shape[1]} channels");
        }

        int size = OperatorCall.ToInt("the size of a group", shape.CountOf(1, shape.Rank) / groups);
        (Node centred, _) = b.Centred(b.Reshape(c.X, Shape.Of(shape[0], groups, size)), [2]);
        Node normal = b.Reshape(b.Mul(centred, b.InverseDeviation(centred, [2], c.Number("epsilon"))), shape);
        return b.Add(b.Mul(normal, scale), bias);
    }

    private static Node LpNormalization(OperatorCall c)
    {
        GraphBuilder b = c.B;
        int[] axes = [c.Int("axis")];
        Node norm = c.Int("p") switch
        {
            1 => b.ReduceSum(b.Abs(c.X), axes, true),
            2 => b.Norm(c.X, axes, true),
            int other => throw new InvalidOperandException($"attribute p is {other}, expected 1 or 2"),
        };

        // Zeros stay zeros (ONNX), since their norm is 0; nothing is divided by it.
        Node isZero = b.Equal(norm, b.Scalar(0, norm.DType));
        return b.Where(isZero, norm, b.Div(c.X, b.Where(isZero, b.Scalar(1, norm.DType), norm)));
    }

    private static Node MeanVarianceNormalization(OperatorCall c)
    {
        GraphBuilder b = c.B;
        int[] axes = [.. (c.Ints("axes") ?? [0, 2, 3]).Select(axis => ReductionBuilding.Axis(axis, c.X.Shape.Rank))];
        (Node centred, _) = b.Centred(c.X, axes);
        Node deviation = b.Div(b.Norm(centred, axes, true), b.Scalar(Math.Sqrt(ReductionBuilding.Extent(c.X, axes)), c.X.DType));
        return b.Div(centred, b.Plus(deviation, 1e-9));
    }
}
