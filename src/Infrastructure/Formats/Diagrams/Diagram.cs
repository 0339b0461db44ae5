namespace Backprop.Infrastructure.Formats.Diagrams;

/// <summary>A drawable computation graph: texts ready to be shown, no tensors.</summary>
/// <param name="Nodes">The nodes, with different ids.</param>
/// <param name="Edges">The uses of values; they form no cycle.</param>
public sealed record Diagram(IReadOnlyList<DiagramNode> Nodes, IReadOnlyList<DiagramEdge> Edges)
{
    /// <summary>Why something expected is missing, as a sentence below the picture; null if nothing is.</summary>
    public string? Note { get; init; }
}

/// <summary>A value of the graph and the operation that computes it. All texts may contain any characters.</summary>
/// <param name="Id">What edges refer to.</param>
/// <param name="Label">The name to show; the id if it is blank.</param>
/// <param name="Kind">Its role.</param>
/// <param name="Operator">The ONNX name of its operator, null for inputs and constants.</param>
/// <param name="Shape">Element type and shape: <c>float64[64,10]</c>.</param>
/// <param name="Value">
/// A short text: <c>-6</c>, <c>[2×3], norm 0.4, …</c>, rows of a matrix on lines of their own; null if there are no values.
/// </param>
/// <param name="Gradient">The derivative of the output with respect to it, as a short text; null if unknown.</param>
public sealed record DiagramNode(
    string Id, string Label, DiagramNodeKind Kind, string? Operator, string? Shape, string? Value, string? Gradient)
{
    /// <summary>False if its value or gradient contains NaN or an infinity; the node is then marked.</summary>
    public bool IsFinite { get; init; } = true;
}

/// <summary>One use of a value as an operand.</summary>
/// <param name="From">The id of the operand.</param>
/// <param name="To">The id of the node that uses it.</param>
/// <param name="Operand">The index among the operands, from 0.</param>
/// <param name="Local">The partial derivative ∂to/∂from: <c>b = -3</c>.</param>
/// <param name="Contribution">What flows back along the edge: <c>8 · (-3) = -24</c>.</param>
public sealed record DiagramEdge(string From, string To, int Operand, string? Local, string? Contribution)
{
    /// <summary>
    /// The rule by which the gradient of the target becomes the contribution, if there is no local derivative: <c>xᵀ · ∂L/∂z</c>.
    /// </summary>
    public string? Rule { get; init; }
}

/// <summary>The role of a node in its graph.</summary>
public enum DiagramNodeKind
{
    /// <summary>A value supplied by the caller.</summary>
    Input,

    /// <summary>A value stored in the graph.</summary>
    Constant,

    /// <summary>A computed value.</summary>
    Operation,

    /// <summary>A computed value that the graph returns.</summary>
    Output,
}
