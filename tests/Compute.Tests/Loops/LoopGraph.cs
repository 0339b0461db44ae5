using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Compute.Tests.Loops;

/// <summary>
/// A random graph of operations that loops support, and of a few that they do not; values that might grow are squashed, and values that may differ in
/// the last digit are not compared.
/// </summary>
internal sealed class LoopGraph
{
    private static readonly Shape[] Shapes =
    [
        Shape.Of(7, 40), Shape.Of(40), Shape.Of(7, 1), Shape.Scalar, Shape.Of(1, 40), Shape.Of(5, 7, 40), Shape.Of(5, 1, 40), Shape.Of(5, 7, 1), Shape.Of(1, 7, 1),
        Shape.Of(300, 17), Shape.Of(300, 1), Shape.Of(17),
    ];

    private readonly GraphBuilder b = new();
    private readonly List<Node> values = [];
    private readonly Random random;

    public LoopGraph(Random random, int size)
    {
        this.random = random;
        DType dtype = random.Next(2) == 0 ? DType.Float64 : DType.Float32;
        Tolerance = dtype == DType.Float64 ? 1e-11 : 1e-4;
        for (int i = 0; i < 5; i++)
        {
            values.Add(b.Input($"x{i}", new TensorType(dtype, Shapes[random.Next(Shapes.Length)])));
        }

        Node[] inputs = [.. values];
        Inputs = [.. inputs.Select((input, i) => Nodes.Random(input.Type, random.Next() + i))];
        for (int i = 0; i < size; i++)
        {
            values.Add(Next(Pick(), Pick()));
        }

        NamedNode[] outputs = [.. Enumerable.Range(0, 3).Select(i => new NamedNode($"y{i}", Pick())), new NamedNode("last", values[^1])];
        Graph = new Graph(inputs, outputs);
    }

    public Graph Graph { get; }

    public Tensor[] Inputs { get; }

    public double Tolerance { get; }

    private Node Pick() => values[Math.Max(random.Next(values.Count), random.Next(values.Count))];

    private Node Next(Node x, Node y)
    {
        int last = x.Shape.Rank - 1;
        switch (random.Next(16))
        {
            case 0 when last >= 0: return b.Normalized(Reductions.SoftmaxOp, x, last);
            case 1 when last >= 0: return b.Tanh(b.Normalized(Reductions.LogSoftmaxOp, x, last));
            case 2 when last >= 0: return b.Tanh(b.Reduce(Reductions.ReduceLogSumExpOp, x, [last], random.Next(2) == 0));
            case 3 when last >= 0: return b.ReduceMean(x, [last], random.Next(3) > 0);
            case 4 when last >= 0: return b.Reduce(random.Next(2) == 0 ? Reductions.ReduceMaxOp : Reductions.ReduceMinOp, x, [last], true);
            case 5: return b.ReduceMean(x, ReductionBuilding.AllAxes(x), random.Next(2) == 0);
            case 6 when last > 0: return b.ReduceMean(x, [0], true);
            case 7 when last >= 0: return Chosen(x, last);
            case 8: return b.Reshape(x, Shape.Of([1, .. x.Shape.Dims]));
            case 10 when last >= 0: return b.Norm(x, [last], random.Next(2) == 0, random.Next(2));
            case 11: return b.Norm(x, ReductionBuilding.AllAxes(x), random.Next(2) == 0);
            case 12: return b.Hypot(x, b.Tanh(x));
            case 9 when last >= 0: return b.Tanh(b.ReduceSum(b.Square(x), [last], true));
        }

        if (Shape.Broadcast(x.Shape, y.Shape) is not { Count: < 20_000 } joined)
        {
            return b.Sigmoid(x);
        }

        return random.Next(8) switch
        {
            0 => b.Add(x, y),
            1 => b.Tanh(b.Mul(x, y)),
            2 => b.Sub(x, y),
            3 => b.Where(b.Cast(b.Floor(b.Times(b.Tanh(values[0]), 3)), DType.Bool) is { } c && Shape.Broadcast(c.Shape, joined)?.Equals(joined) == true
                ? c : b.Unary(Piecewise.NotOp, b.Cast(b.Expand(b.Scalar(1, x.DType), joined), DType.Bool)), x, b.Tanh(y)),
            4 => b.Unary(Elementwise.ErfOp, b.Add(x, y)),
            5 => b.Expand(x, joined),
            6 => b.Unary(Elementwise.LgammaOp, b.Plus(b.Square(b.Tanh(x)), 1)),
            _ => b.Exp(b.Neg(b.Square(b.Sub(x, y)))),
        };
    }

    // One element of each row, or a row with one element replaced.
    private Node Chosen(Node x, int last)
    {
        Shape kept = Shape.Of([.. x.Shape.Dims[..^1], 1]);
        long[] chosen = [.. Enumerable.Range(0, (int)kept.Count).Select(_ => (long)random.Next(-x.Shape[^1], x.Shape[^1]))];
        Node columns = b.Constant(Tensor.Of(chosen, kept));
        Node picked = b.GatherElements(x, columns, last);
        return random.Next(3) == 0 ? picked : b.ScatterElements(x, columns, b.Tanh(picked), last, random.Next(2) == 0 ? "none" : "add");
    }
}
