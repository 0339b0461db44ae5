using Backprop.Domain.Graphs;

namespace Backprop.Domain.Operators;

/// <summary>An operation that executors implement: one kernel, one value, and its rules for the transformations.</summary>
/// <param name="Name">Its name; if there is an ONNX operator of the same meaning, its name.</param>
/// <param name="Derivative">How cotangents and tangents pass through it; null if it has no rule.</param>
/// <param name="Batch">How it runs over a leading batch axis.</param>
/// <param name="Flops">The floating-point operations of one node: one for each primitive arithmetic or transcendental operation.</param>
public sealed record Primitive(string Name, Derivative? Derivative, BatchRule Batch, Func<Node, long> Flops)
{
    /// <summary>How its transpose treats the elements of a cotangent, if it only moves them and adds them up.</summary>
    public Movement Movement { get; init; }

    /// <summary>Whether its derivative is infinite, or overflows, at some point: there a zero cotangent would become NaN.</summary>
    public bool HasUnboundedDerivative { get; init; }

    /// <summary>Whether its value is that of the first operand, possibly with another shape: it moves no data.</summary>
    public bool IsAlias { get; init; }

    /// <summary>
    /// Whether executors compute each element of its result from one element of every operand, so that it can be fused, and the result may take the
    /// memory of an operand with the same type and number of elements.
    /// </summary>
    public bool IsFusible { get; init; }

    /// <summary>Whether it is a matrix product or a convolution: much arithmetic for each element, on operands that are read at strides.</summary>
    public bool IsContraction { get; init; }

    /// <summary>Whether its result is the first operand with some elements replaced, so that it may take that operand's memory.</summary>
    public bool IsUpdate { get; init; }

    /// <inheritdoc/>
    public bool Equals(Primitive? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
}

/// <summary>What the transpose of an operation does with the elements of a cotangent.</summary>
public enum Movement
{
    /// <summary>It computes with them.</summary>
    None,

    /// <summary>Each element of its result is one of the cotangent's.</summary>
    Moves,

    /// <summary>Each element of its result is one of the cotangent's times a factor: a nonlinear reduction.</summary>
    Reduces,

    /// <summary>Each element of its result is a sum of some of the cotangent's, or zero.</summary>
    Adds,
}

/// <summary>
/// The batched form of a node. A batched operand has a leading axis of extent <paramref name="size"/>, any other is unchanged; the result has the
/// leading axis.
/// </summary>
/// <param name="b">Makes the new nodes.</param>
/// <param name="node">The node of one point.</param>
/// <param name="inputs">Its operands, batched or not.</param>
/// <param name="batched">Which of the operands are batched.</param>
/// <param name="size">The number of points.</param>
public delegate Node BatchRule(GraphBuilder b, Node node, Node[] inputs, bool[] batched, int size);
