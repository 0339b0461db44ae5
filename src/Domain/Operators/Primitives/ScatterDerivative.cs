using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Operators.Primitives;

/// <summary>
/// The derivative of a scatter. Replacing and adding are linear; combining by product, maximum or minimum weights each operand: y's derivative with
/// respect to an element is the product of the others, or its share among equal ones (PyTorch's scatter_reduce).
/// </summary>
internal static class ScatterDerivative
{
    /// <summary>Both directions, for ScatterElements and ScatterND.</summary>
    public static Derivative Rule { get; } = new(Pull, Push);

    private static Node? Pull(GraphBuilder b, Node n, Node g, int operand) => (n.Text("reduction"), operand) switch
    {
        ("none", 0) => Scatter(b, n, g, b.Full(n.Inputs[2].Type, 0), "none"),
        ("none", _) => b.Mul(Gather(b, n, g), b.Cast(Winners(b, n), g.DType)),
        ("add", 0) => g,
        ("add", _) => Gather(b, n, g),
        (_, 0) => b.Mul(g, Weights(b, n).Data),
        _ => b.Mul(Gather(b, n, g), Weights(b, n).Updates),
    };

    private static Node? Push(GraphBuilder b, Node n, Node?[] t)
    {
        string reduction = n.Text("reduction");
        Node data = t[0] ?? b.Full(n.Inputs[0].Type, 0);
        Node updates = t[2] ?? b.Full(n.Inputs[2].Type, 0);
        if (t[0] is null && t[2] is null)
        {
            return null;
        }

        if (reduction is "none" or "add")
        {
            return Scatter(b, n, data, updates, reduction);
        }

        (Node Data, Node Updates) w = Weights(b, n);
        return Scatter(b, n, b.Mul(data, w.Data), b.Mul(updates, w.Updates), "add");
    }

    private static (Node Data, Node Updates) Weights(GraphBuilder b, Node n) =>
        n.Text("reduction") == "mul" ? ProductWeights(b, n) : ShareWeights(b, n);

    private static (Node Data, Node Updates) ShareWeights(GraphBuilder b, Node n)
    {
        Node data = b.Cast(b.Equal(n.Inputs[0], n), n.DType);
        Node updates = b.Cast(b.Equal(n.Inputs[2], Gather(b, n, n)), n.DType);
        Node count = Scatter(b, n, data, updates, "add");
        return (b.Div(data, count), b.Div(updates, Gather(b, n, count)));
    }

    // The product of the others: the whole divided by the factor; if one or two factors are zero, the product of the rest times the zeros among the
    // others. These are summed, so that they are still factors when this is differentiated again.
    private static (Node Data, Node Updates) ProductWeights(GraphBuilder b, Node n)
    {
        Node zero = b.Scalar(0, n.DType);
        Node one = b.Scalar(1, n.DType);
        (Node x, Node u) = (n.Inputs[0], n.Inputs[2]);
        (Node xZero, Node uZero) = (b.Equal(x, zero), b.Equal(u, zero));
        (Node xSafe, Node uSafe) = (b.Where(xZero, one, x), b.Where(uZero, one, u));
        Node product = Scatter(b, n, xSafe, uSafe, "mul");
        Node zeros = Scatter(b, n, b.Cast(xZero, n.DType), b.Cast(uZero, n.DType), "add");
        Node zeroFactor = Scatter(b, n, b.Where(xZero, x, zero), b.Where(uZero, u, zero), "add");
        return (
            Rest(product, zeros, zeroFactor, xZero, x, xSafe),
            Rest(Gather(b, n, product), Gather(b, n, zeros), Gather(b, n, zeroFactor), uZero, u, uSafe));

        Node Rest(Node all, Node count, Node others, Node isZero, Node mine, Node safe)
        {
            Node single = b.Equal(count, one);
            Node nonzero = b.Div(all, safe);
            Node besideZero = b.Where(b.Equal(count, b.Scalar(2, n.DType)), b.Mul(all, b.Sub(others, mine)), zero);
            return b.Where(
                isZero,
                b.Where(single, all, besideZero),
                b.Where(b.Equal(count, zero), nonzero, b.Where(single, b.Mul(nonzero, others), zero)));
        }
    }

    // Of several updates to one position the last one stays: an update wins if its number is the one that ends up at the position.
    private static Node Winners(GraphBuilder b, Node n)
    {
        Node indices = n.Inputs[1];
        bool slices = n.Op == Indexing.ScatterNDOp;
        Shape places = slices ? Shape.Of(n.Shape.Dims[..indices.Shape[^1]]) : n.Shape;
        Shape numbers = slices ? Shape.Of(indices.Shape.Dims[..^1]) : indices.Shape;
        Node number = b.Reshape(b.Iota((int)numbers.Count), numbers);
        Node none = b.Full(new TensorType(DType.Int64, places), -1);
        Node won = b.Equal(Gather(b, n, Scatter(b, n, none, number, "none")), number);
        int[] column = [.. numbers.Dims, .. LayoutBuilding.Ones(n.Inputs[2].Shape.Rank - numbers.Rank)];
        return b.Reshape(won, Shape.Of(column));
    }

    private static Node Scatter(GraphBuilder b, Node n, Node data, Node updates, string reduction) => n.Op == Indexing.ScatterNDOp
        ? b.ScatterND(data, n.Inputs[1], updates, reduction)
        : b.ScatterElements(data, n.Inputs[1], updates, n.Integer("axis"), reduction);

    private static Node Gather(GraphBuilder b, Node n, Node values) => n.Op == Indexing.ScatterNDOp
        ? b.GatherND(values, n.Inputs[1], 0)
        : b.GatherElements(values, n.Inputs[1], n.Integer("axis"));
}
