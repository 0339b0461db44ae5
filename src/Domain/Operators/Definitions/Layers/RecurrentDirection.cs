using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Operators.Definitions.Layers;

/// <summary>The parameters of one direction of a recurrent layer.</summary>
internal sealed class RecurrentDirection(OperatorCall c, int number, int gates, int hidden, Func<Node, Node>[] activations)
{
    /// <summary>The call.</summary>
    public OperatorCall Call => c;

    /// <summary>Makes the nodes.</summary>
    public GraphBuilder B => c.B;

    /// <summary>The extent of a state.</summary>
    public int Hidden => hidden;

    /// <summary>[gates·hidden, input].</summary>
    public Node Weights { get; } = Part(c, c[1], number);

    /// <summary>[gates·hidden, hidden].</summary>
    public Node Recurrence { get; } = Part(c, c[2], number);

    /// <summary>The bias of the input, [gates·hidden], or null.</summary>
    public Node? InputBias => Biases is { } both ? B.SliceAxis(both, 0, 0, gates * hidden) : null;

    /// <summary>The bias of the recurrence, [gates·hidden], or null.</summary>
    public Node? RecurrenceBias => Biases is { } both ? B.SliceAxis(both, 0, gates * hidden, gates * hidden) : null;

    /// <summary>The sum of both biases, or null.</summary>
    public Node? BothBiases => Biases is null ? null : B.Add(InputBias!, RecurrenceBias!);

    private Node? Biases => Parameter(3, Shape.Of(2 * gates * hidden));

    /// <summary>This direction's part of an operand, or null if it is omitted.</summary>
    public Node? Parameter(int place, Shape shape)
    {
        if (c.Optional(place) is not { } all)
        {
            return null;
        }

        int directions = c[1].Shape[0];
        return all.Shape.Equals(Shape.Of([directions, .. shape.Dims]))
            ? Part(c, all, number)
            : throw new InvalidOperandException(
                $"operand {place} of {c.Name} has shape {all.Shape}, expected {Shape.Of([directions, .. shape.Dims])}", place);
    }

    /// <summary>The part of a gate.</summary>
    public Node Gate(Node all, int gate) => B.SliceAxis(all, 1, gate * hidden, hidden);

    /// <summary>The activation of a given index, with its operand limited to the bounds of <c>clip</c>.</summary>
    public Node Activate(int activation, Node x) => activations[activation](c.OptionalNumber("clip") is { } clip ? Clipped(x, clip) : x);

    private Node Clipped(Node x, double clip)
    {
        (Node least, Node most) = (B.Scalar(-clip, x.DType), B.Scalar(clip, x.DType));
        return B.Where(B.Less(x, least), least, B.Where(B.Greater(x, most), most, x));
    }

    private static Node Part(OperatorCall c, Node all, int number) =>
        c.B.Reshape(c.B.SliceAxis(all, 0, number, 1), Shape.Of(all.Shape.Dims[1..]));
}
