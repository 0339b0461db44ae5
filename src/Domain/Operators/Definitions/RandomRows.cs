using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Sampling;
using static Backprop.Domain.Operators.RowSyntax;

namespace Backprop.Domain.Operators.Definitions;

/// <summary>
/// Random values. They are constants of the graph, from the project's own generator: with a random seed they depend only on it and on the shape;
/// without one the seed is 0, and each node draws from a sequence of its own, which its name selects. Points of a batch share them. In training they
/// are drawn anew for every run (<see cref="RandomMode.PerRun"/>).
/// </summary>
internal static class RandomRows
{
    private const string Constant = "zero: the result is random, independent of the operand";

    public static ImmutableArray<Operator> Rows { get; } =
    [
        RowSyntax.Rows("Dropout", "data:F ratio:F?' training_mode:B?=", "seed:int", "output mask",
            "data: 1/(1 - ratio) where kept; ratio: data/(1 - ratio)² where kept", "0; in training 2n + 2", Dropout),
        Row("Bernoulli", "input:F", "dtype:int seed:float", "zero: piecewise constant", "n", Bernoulli),
        Row("RandomUniform", "shape:I!", "dtype:int high:float=1.0 low:float=0.0 seed:float", Constant, "0",
            c => Drawn(c, Extents.ToShape(c.RequiredInts("shape")), c.DefaultDType, Uniform(c))),
        Row("RandomUniformLike", "input:A'", "dtype:int high:float=1.0 low:float=0.0 seed:float", Constant, "0",
            c => Drawn(c, c.X.Shape, c.X.DType, Uniform(c))),
        Row("RandomNormal", "shape:I!", "dtype:int mean:float=0.0 scale:float=1.0 seed:float", Constant, "0",
            c => Drawn(c, Extents.ToShape(c.RequiredInts("shape")), c.DefaultDType, Normal(c))),
        Row("RandomNormalLike", "input:A'", "dtype:int mean:float=0.0 scale:float=1.0 seed:float", Constant, "0",
            c => Drawn(c, c.X.Shape, c.X.DType, Normal(c))),
    ];

    // An element is kept if its draw from [0, 1) is at least the ratio; with ratio 1 none is kept, and nothing is divided by 0.
    private static Node[] Dropout(OperatorCall c)
    {
        GraphBuilder b = c.B;
        bool training = b.Random != RandomMode.Inference && c.Optional(2) is not null && c.Known(2) is { Count: 1 } flag && flag[0] != 0;
        if (!training)
        {
            return [c.X, b.Full(new TensorType(DType.Bool, c.X.Shape), 1)];
        }

        Node one = b.Scalar(1, c.X.DType);
        Node ratio = Ratio(c);
        Node kept = b.GreaterOrEqual(Drawn(c, c.X.Shape, c.X.DType, random => random.Unit()), ratio);
        Node share = b.Where(b.GreaterOrEqual(ratio, one), one, b.Sub(one, ratio));
        return [b.Where(kept, b.Div(c.X, share), b.Scalar(0, c.X.DType)), kept];
    }

    private static Node Ratio(OperatorCall c)
    {
        Node ratio = c.Optional(1) is { } given ? c.B.Cast(given, c.X.DType) : c.B.Scalar(0.5, c.X.DType);
        return ratio.Shape.Count == 1 ? c.B.Reshape(ratio, Shape.Scalar) : throw new InvalidOperandException("ratio must be one number", 1);
    }

    private static Node Bernoulli(OperatorCall c)
    {
        Node less = c.B.Less(Drawn(c, c.X.Shape, c.X.DType, random => random.Unit()), c.X);
        return c.B.Cast(less, c.ElementType("dtype") ?? c.X.DType);
    }

    private static Func<SeededGenerator, double> Uniform(OperatorCall c)
    {
        (double low, double high) = (c.Number("low"), c.Number("high"));
        return random => low + ((high - low) * random.Unit());
    }

    private static Func<SeededGenerator, double> Normal(OperatorCall c)
    {
        (double mean, double scale) = (c.Number("mean"), c.Number("scale"));
        return random => random.Normal(mean, scale);
    }

    private static Node Drawn(OperatorCall c, Shape shape, DType otherwise, Func<SeededGenerator, double> draw)
    {
        DType dtype = c.Name == "Bernoulli" ? otherwise : c.ElementType("dtype") ?? otherwise;
        if (!dtype.IsFloat())
        {
            throw new InvalidOperandException($"random values must be float64 or float32, not {dtype.Label()}");
        }

        var type = new TensorType(dtype, shape);
        if (c.B.Random == RandomMode.PerRun)
        {
            return c.B.DrawnPerRun(type, $"{c.Name} {c.B.Origin.Node}", draw);
        }

        SeededGenerator random = c.OptionalNumber("seed") is { } seed
            ? SeededGenerator.For(BitConverter.DoubleToInt64Bits(seed), c.Name)
            : SeededGenerator.For(0, $"{c.Name} {c.B.Origin.Node}");
        return c.B.Tabulated(type, _ => draw(random));
    }
}
