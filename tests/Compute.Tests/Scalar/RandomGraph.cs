using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Compute.Tests.Scalar;

/// <summary>Random graphs of numbers, in which values are used several times.</summary>
internal static class RandomGraph
{
    private static readonly double[] Peculiar = [0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e-310, 1];

    private static readonly Shape[] Numbers = [Shape.Scalar, Shape.Of(1), Shape.Of(1, 1)];

    /// <summary>Arithmetic, comparisons and selections, whose bits are fixed.</summary>
    public static (Graph Graph, Tensor[] Inputs) Exact(Random random, DType dtype, int nodes) => Draw(random, dtype, nodes, Exact, Numbers);

    /// <summary>The graph that <see cref="Exact(Random, DType, int)"/> draws from the same random numbers, for every point of a batch.</summary>
    public static Graph Batch(Random random, DType dtype, int nodes, int size) => Draw(random, dtype, nodes, Exact, Enumerable.Repeat(Shape.Of(size), 3).ToArray()).Graph;

    /// <summary>
    /// Arithmetic in which each operation uses the result from a fixed number of operations before, as one operand or the other: that number of
    /// tangled chains.
    /// </summary>
    public static (Graph Graph, Tensor[] Inputs) Chains(Random random, DType dtype, int nodes, int count) => Draw(random, dtype, nodes, Chained, Numbers, count);

    /// <summary>The same with smooth functions, none of which grows.</summary>
    public static (Graph Graph, Tensor[] Inputs) Smooth(Random random, DType dtype, int nodes) => Draw(random, dtype, nodes, Smooth, Numbers);

    private static (Graph Graph, Tensor[] Inputs) Draw(Random random, DType dtype, int nodes, Func<GraphBuilder, Random, Node, Node, Node> next, Shape[] shapes,
        int chains = 0)
    {
        var b = new GraphBuilder();
        Node[] inputs = [.. Enumerable.Range(0, 4).Select(i => b.Input($"x{i}", new TensorType(dtype, shapes[random.Next(3)])))];
        var values = new List<Node>(inputs) { b.Scalar(1, dtype), b.Scalar(-0.5, dtype) };
        for (int i = 0; i < nodes; i++)
        {
            values.Add(chains > 0 && i >= chains ? next(b, random, values[^chains], Pick()) : next(b, random, Pick(), Pick()));
        }

        NamedNode[] outputs = [.. Enumerable.Range(0, 4).Select(i => new NamedNode($"y{i}", Pick())), new NamedNode("last", values[^1]), new NamedNode("x", inputs[0])];
        bool odd = next == Exact && random.Next(3) == 0;
        return (new Graph(inputs, outputs), Array.ConvertAll(inputs, input => Tensor.Filled(input.Type, odd ? Peculiar[random.Next(7)] : (random.NextDouble() * 2) - 1)));

        Node Pick() => values[Math.Max(random.Next(values.Count), random.Next(values.Count))];
    }

    private static Node Exact(GraphBuilder b, Random random, Node x, Node y) => random.Next(22) switch
    {
        0 or 1 => b.Add(x, y),
        2 or 3 => b.Sub(x, y),
        4 or 5 or 6 => b.Mul(x, y),
        7 => b.Div(x, y),
        8 => b.Neg(x),
        9 => b.Abs(x),
        10 => b.Sqrt(x),
        11 => b.Max(x, y),
        12 => b.Min(x, y),
        13 => b.Where(b.Greater(x, y), x, b.Neg(y)),
        14 => b.Where(b.And(b.LessOrEqual(x, y), b.Unary(Piecewise.NotOp, b.Equal(x, y))), y, b.Times(x, 2)),
        15 => b.Cast(b.Cast(x, DType.Bool), x.DType),
        16 => b.Where(b.Make(Piecewise.IsNaNOp, new TensorType(DType.Bool, x.Shape), [x]), b.Scalar(3, x.DType), x),
        17 => b.Floor(b.Times(x, 4)),
        18 => b.Mul(y, b.Mul(b.Sub(b.Scalar(1, x.DType), x), b.Plus(x, 1))),
        19 => b.Pow(x, b.Scalar(0.5, x.DType)),
        20 => b.Reshape(x, Shape.Of((int)x.Type.Count)),
        _ => b.Sign(x),
    };

    // Bounded, so that the values of a long chain stay ordinary numbers; its functions have the bits of their kernels.
    private static Node Chained(GraphBuilder b, Random random, Node x, Node y) => random.Next(12) switch
    {
        0 => b.Max(b.Add(x, y), b.Scalar(-2, x.DType)),
        1 => b.Min(b.Add(y, x), b.Scalar(2, x.DType)),
        2 => b.Sub(b.Times(x, 0.5), y),
        3 => b.Sub(y, b.Times(x, 0.5)),
        4 => b.Times(x, -0.75),
        5 => b.Add(b.Times(x, 0.5), b.Mul(y, b.Scalar(0.25, x.DType))),
        6 => b.Add(x, b.Times(y, 0.1)),
        7 => b.Sub(x, b.Times(y, 0.3)),
        8 => b.Sub(b.Times(y, 0.3), x),
        9 => b.Times(b.Mul(x, b.Mul(b.Sub(b.Scalar(1, x.DType), y), b.Plus(y, 1))), 0.25),
        10 => b.Times(b.Mul(y, b.Mul(b.Sub(b.Scalar(1, x.DType), x), b.Plus(x, 1))), 0.25),
        _ => b.Neg(b.Min(b.Max(x, b.Scalar(-1, x.DType)), b.Scalar(1, x.DType))),
    };

    private static Node Smooth(GraphBuilder b, Random random, Node x, Node y) => random.Next(13) switch
    {
        11 => b.Hypot(x, b.Plus(b.Square(y), 1)),
        0 => b.Times(b.Add(x, y), 0.5),
        1 => b.Mul(x, y),
        2 => b.Sin(x),
        3 => b.Add(b.Times(b.Cos(x), 0.5), b.Times(b.Sin(x), 0.5)),
        4 => b.Tanh(x),
        5 => b.Exp(b.Neg(b.Square(x))),
        6 => b.Log(b.Plus(b.Square(x), 1)),
        7 => b.Sigmoid(x),
        8 => b.Unary(Elementwise.ErfOp, x),
        9 => b.Unary(Elementwise.AtanOp, x),
        10 => b.Atan2(b.Plus(b.Square(y), 1), x),
        _ => b.Sub(b.Softplus(x), b.Expm1(b.Neg(b.Abs(y)))),
    };
}
