using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Operators;

/// <summary>
/// The cotangent of one operand: the cotangent of the node times its derivative with respect to the operand, before broadcasting is undone (reverse
/// mode sums the result to the operand's shape). Null is zero.
/// </summary>
public delegate Node? Pullback(GraphBuilder b, Node node, Node cotangent, int operand);

/// <summary>The tangent of the node from those of its operands, where null is zero. Null is zero.</summary>
public delegate Node? Pushforward(GraphBuilder b, Node node, Node?[] tangents);

/// <summary>
/// The derivative of an elementwise operation with respect to one operand, as a graph over the node and its operands. Null is zero.
/// </summary>
public delegate Node? Partial(GraphBuilder b, Node node, int operand);

/// <summary>Both directions of an operation's derivative.</summary>
/// <param name="Pullback">Reverse mode.</param>
/// <param name="Pushforward">Forward mode.</param>
public sealed record Derivative(Pullback Pullback, Pushforward Pushforward)
{
    /// <summary>
    /// Reverse mode for all operands of one node, if they share work: given the node and its cotangent, the cotangent of each operand.
    /// </summary>
    public Func<GraphBuilder, Node, Node, Func<int, Node?>>? PullbackOfAll { get; private init; }

    /// <summary>Piecewise constant: the derivative is zero wherever it exists.</summary>
    public static Derivative Zero { get; } = new((_, _, _, _) => null, (_, _, _) => null);

    /// <summary>An elementwise operation, given by its partial derivatives.</summary>
    public static Derivative Elementwise(Partial partial) => new(
        (b, node, g, i) => partial(b, node, i) is { } p ? b.Mul(g, p) : null,
        (b, node, tangents) => b.SumOf(node, tangents, (i, t) => partial(b, node, i) is { } p ? b.Mul(t, p) : null));

    /// <summary>An operation that is jointly linear in all its float operands; forward mode is the operation itself.</summary>
    public static Derivative Linear(Pullback transpose) => new(transpose, (b, node, tangents) =>
    {
        var operands = new Node[node.Inputs.Length];
        for (int i = 0; i < operands.Length; i++)
        {
            b.Cancellation.ThrowIfCancellationRequested();
            Node input = node.Inputs[i];
            operands[i] = tangents[i] ?? (input.DType.IsFloat() ? b.Full(input.Type, 0) : input);
        }

        return b.Make(node.Op, node.Type, operands, node.Attributes);
    });

    /// <summary>An operation of any number of operands that is jointly linear in all of them.</summary>
    public static Derivative LinearInMany(Func<GraphBuilder, Node, Node, Func<int, Node?>> transposes) =>
        Linear((b, node, g, operand) => transposes(b, node, g)(operand)) with { PullbackOfAll = transposes };

    /// <summary>An operation that is linear in each float operand separately (a product); forward mode is a sum of such operations.</summary>
    public static Derivative Multilinear(Pullback transpose) => new(transpose, (b, node, tangents) =>
        b.SumOf(node, tangents, (i, t) =>
        {
            var operands = (Node[])node.Inputs.Clone();
            operands[i] = t;
            return b.Make(node.Op, node.Type, operands, node.Attributes);
        }));
}
