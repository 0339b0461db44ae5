using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Transformations;
using static Backprop.Domain.Operators.Primitives.PrimitiveRows;

namespace Backprop.Domain.Operators.Primitives;

/// <summary>
/// Euclidean norms, which keep their digits if the squares leave the range of the type, as in LAPACK's dnrm2. A derivative is 0 where the norm is 0
/// (PyTorch). Source of the second derivatives there: f(‖x‖) is twice differentiable at x = 0 only if f′(0) = 0, and then its Hessian is f″(0)·I.
/// </summary>
public static class Norms
{
    // Powers of two, so that scaling by them is exact; neighbouring rows get different ones.
    private const int Weights = 31;

    // Beyond this depth, norms count as different.
    private const int EqualDepth = 12;

    /// <summary>√(Σ x² + ε) over axes: x/y; without ε, 0 where y is 0.</summary>
    public static Primitive ReduceL2Op { get; } = new("ReduceL2", new Derivative(
        (b, n, g, _) => Scaled(b, n, Reductions.Kept(b, n, g)),
        (b, n, t) => t[0] is { } d ? b.ReduceSum(Scaled(b, n, d), n.Integers("axes"), n.Flag("keepdims")) : null),
        BatchNorm, n => (2 * n.Inputs[0].Type.Count) + (Epsilon(n) == 0 ? n.Type.Count : 2 * n.Type.Count))
    { Movement = Movement.Reduces };

    /// <summary>√(x² + y²): ∂/∂x = x/h, 0 where h is 0.</summary>
    public static Primitive HypotOp { get; } = Map("Hypot", new Derivative(
        (b, n, g, i) => b.NormGrad(g, n.Inputs[i], n),
        (b, n, t) => b.SumOf(n, t, (i, d) => b.NormGrad(d, n.Inputs[i], n))));

    /// <summary>
    /// g·x/y for y = ‖x‖, 0 where y is 0. Its derivative there is that of f′(‖x‖)·x/‖x‖: the limit of g/y times the tangent of x, or NaN if g itself
    /// is not 0.
    /// </summary>
    public static Primitive NormGradOp { get; } = new("NormGrad", new Derivative(Pullback, Pushforward), BatchElementwise, n => 2 * n.Type.Count);

    /// <summary>What is added to the sum of squares.</summary>
    public static double Epsilon(Node norm) => norm.Attributes["epsilon"].Numbers!.Value[0];

    /// <summary>NormGrad in terms of operations that have kernels. It divides by 1 where the norm is 0.</summary>
    internal static Node Executable(GraphBuilder b, Node node)
    {
        (Node g, Node x, Node y) = (node.Inputs[0], node.Inputs[1], node.Inputs[2]);
        return b.Where(IsZero(b, y), b.Scalar(0, y.DType), b.Mul(g, b.Div(x, Safe(b, y))));
    }

    private static Node Scaled(GraphBuilder b, Node norm, Node factor)
    {
        (Node x, Node y) = (norm.Inputs[0], Reductions.Kept(b, norm, norm));
        return Epsilon(norm) == 0 ? b.NormGrad(factor, x, y) : b.Mul(factor, b.Div(x, y));
    }

    private static Node BatchNorm(GraphBuilder b, Node node, Node[] inputs, bool[] batched, int size) =>
        b.Norm(inputs[0], [.. node.Integers("axes").Select(axis => axis + 1)], node.Flag("keepdims"), Epsilon(node));

    private static Node? Pullback(GraphBuilder b, Node node, Node cotangent, int operand)
    {
        (Node g, Node x, Node y) = (node.Inputs[0], node.Inputs[1], node.Inputs[2]);
        Node zero = b.Scalar(0, y.DType), isZero = IsZero(b, y), safe = Safe(b, y);
        return operand switch
        {
            0 => b.Where(isZero, zero, b.Mul(cotangent, b.Div(x, safe))),
            1 => b.Where(isZero, Bent(b, node, cotangent), b.Mul(cotangent, b.Div(g, safe))),
            _ => b.Where(isZero, zero, b.Neg(b.Mul(b.Mul(cotangent, b.Div(g, safe)), b.Div(x, safe)))),
        };
    }

    private static Node? Pushforward(GraphBuilder b, Node node, Node?[] tangents)
    {
        (Node g, Node x, Node y) = (node.Inputs[0], node.Inputs[1], node.Inputs[2]);
        Node zero = b.Scalar(0, y.DType), isZero = IsZero(b, y), safe = Safe(b, y);
        return b.SumOf(node, tangents, (operand, tangent) => operand switch
        {
            // The direction of x = 0 is not defined.
            0 => b.Where(isZero, NaNUnless(b, b.Or(b.Not(isZero), b.Equal(tangent, zero)), tangent), b.Mul(tangent, b.Div(x, safe))),
            1 => b.Where(isZero, Bent(b, node, tangent), b.Mul(tangent, b.Div(g, safe))),
            _ => b.Where(isZero, zero, b.Neg(b.Mul(b.Mul(tangent, b.Div(g, safe)), b.Div(x, safe)))),
        });
    }

    // The contribution of a derivative of x to the gradient at x = 0; zero for a row that does not move.
    private static Node Bent(GraphBuilder b, Node node, Node derivative)
    {
        Node zero = b.Scalar(0, node.DType);
        Node moves = b.Not(b.Equal(b.SumTo(b.Expand(b.Abs(derivative), node.Shape), node.Inputs[2].Shape), zero));
        return b.Where(moves, b.Mul(derivative, b.Once(node, () => Curvature(b, node))), zero);
    }

    // lim g/y for y → 0, which is dg/dy if g is 0. There is none if g depends on other norms that are 0, too. Norms of several rows are moved
    // together, and again by different amounts, which affects only the rows themselves if they do not depend on one another.
    private static Node Curvature(GraphBuilder b, Node node)
    {
        Origin origin = b.Origin;
        (Node g, Node y) = (node.Inputs[0], node.Inputs[2]);
        Node norm = y;
        while (norm.Op == Layout.ReshapeOp)
        {
            norm = norm.Inputs[0];
        }

        var graph = new Graph([], [new NamedNode(string.Empty, g)], b.Cancellation);

        // The norms that this one leads through come first, so that none waits for a long chain of others.
        foreach (Node inner in graph.Nodes.Where(inner => inner.Op == NormGradOp))
        {
            b.Once(inner, () => Curvature(b, inner));
        }

        Node zero = b.Scalar(0, y.DType);
        Node moving = b.Cast(IsZero(b, norm), y.DType);
        Node[] equal = [norm, .. graph.Nodes.Where(other => other != norm && AreEqual(other, norm, EqualDepth))];
        Node slope = Slope(equal.ToDictionary(one => one, _ => moving));
        Node exists = b.Or(b.Not(IsZero(b, y)), b.Equal(g, zero));
        if (norm.Type.Count > 1)
        {
            Node weights = b.Tabulated(norm.Type, i => Math.ScaleB(1, (i % Weights) - (Weights / 2)));
            Node apart = b.Mul(moving, weights);
            Node isOwn = b.Equal(Slope(equal.ToDictionary(one => one, _ => apart)), b.Mul(slope, b.Reshape(weights, y.Shape)));
            exists = b.And(exists, b.Or(b.Not(IsZero(b, y)), isOwn));
        }

        Dictionary<Node, Node> others = Others(b, graph, equal).ToDictionary(other => other, other => b.Cast(IsZero(b, other), y.DType));
        if (others.Count > 0)
        {
            exists = b.And(exists, b.Or(b.Not(IsZero(b, y)), b.Equal(Slope(others), zero)));
        }

        b.Origin = origin;
        return NaNUnless(b, exists, slope);

        Node Slope(IReadOnlyDictionary<Node, Node> tangents) => ForwardMode.Pushforward(b, graph, tangents, b.Cancellation)[0] ?? b.Full(g.Type, 0);
    }

    // Norms of something else that do not depend on this one.
    private static IEnumerable<Node> Others(GraphBuilder b, Graph graph, Node[] equal)
    {
        var dependent = new HashSet<Node>(equal);
        foreach (Node node in graph.Nodes)
        {
            b.Cancellation.ThrowIfCancellationRequested();
            if (node.Inputs.Any(dependent.Contains))
            {
                dependent.Add(node);
            }
            else if (!dependent.Contains(node) && ((node.Op == ReduceL2Op && Epsilon(node) == 0) || node.Op == HypotOp))
            {
                yield return node;
            }
        }
    }

    // The same value, even if it is written twice.
    private static bool AreEqual(Node a, Node b, int depth) => a == b
        || (depth > 0 && a.Op == b.Op && a.Inputs.Length > 0 && a.Type == b.Type && AttributeValues.Same(a.Attributes, b.Attributes)
            && a.Inputs.Zip(b.Inputs).All(pair => AreEqual(pair.First, pair.Second, depth - 1)));

    // Times 1 or 0/0, so that the first NaN is found at the norm.
    private static Node NaNUnless(GraphBuilder b, Node condition, Node value)
    {
        Node one = b.Cast(condition, value.DType);
        return b.Mul(value, b.Div(one, one));
    }

    private static Node IsZero(GraphBuilder b, Node y) => b.Equal(y, b.Scalar(0, y.DType));

    private static Node Safe(GraphBuilder b, Node y) => b.Where(IsZero(b, y), b.Scalar(1, y.DType), y);
}
