using Backprop.Client.Graphs;
using Backprop.Client.Values;

namespace Backprop.Client.Derivatives;

/// <summary>The walk-through of a gradient: each value as it is computed, each gradient as it is completed.</summary>
public sealed record Steps
{
    /// <summary>The nodes in topological order.</summary>
    public required IReadOnlyList<ForwardStep> Forward { get; init; }

    /// <summary>Nodes and inputs from the output backwards, each once all its uses are done.</summary>
    public required IReadOnlyList<BackwardStep> Backward { get; init; }
}

/// <summary>A value of the forward pass.</summary>
public sealed record ForwardStep
{
    /// <summary>The name of the value.</summary>
    public required string Node { get; init; }

    /// <summary>What the value is, if its name was generated for a part of an expression: <c>x @ w</c>.</summary>
    public string? Expression { get; init; }

    /// <summary>The operator that computes it.</summary>
    public required string Op { get; init; }

    /// <summary>The operands as written: names, and literals as numbers.</summary>
    public required IReadOnlyList<NodeInput> Inputs { get; init; }

    /// <summary>The value.</summary>
    public required TensorValue Value { get; init; }

    /// <summary>The computation in words and numbers: <c>d = a · b = 2 · (-3) = -6</c>.</summary>
    public required string Computation { get; init; }
}

/// <summary>A gradient of the backward pass.</summary>
public sealed record BackwardStep
{
    /// <summary>The name of the value whose gradient this is.</summary>
    public required string Node { get; init; }

    /// <summary>What the value is, if its name was generated for a part of an expression: <c>x @ w</c>.</summary>
    public string? Expression { get; init; }

    /// <summary>The operator that computes the value; absent for an input.</summary>
    public string? Op { get; init; }

    /// <summary>The operands of that operator as written; absent for an input.</summary>
    public IReadOnlyList<NodeInput>? Inputs { get; init; }

    /// <summary>The value itself.</summary>
    public TensorValue? Value { get; init; }

    /// <summary>The gradient of the output with respect to the value, in its shape: the sum of the contributions.</summary>
    public required TensorValue Gradient { get; init; }

    /// <summary>The computation in words and numbers: <c>dL/dd · dd/da = 8 · b = 8 · (-3)</c>.</summary>
    public required string Computation { get; init; }

    /// <summary>
    /// One entry per operand position in which the value is used, and per result of the node that uses it; empty for the output. The gradient is
    /// their sum.
    /// </summary>
    public required IReadOnlyList<Contribution> Contributions { get; init; }
}

/// <summary>The contribution of one use of a value to its gradient.</summary>
public sealed record Contribution
{
    /// <summary>The node that uses the value; if it has several results, the one through which this is propagated.</summary>
    public required string From { get; init; }

    /// <summary>The local derivative of that node, in the shape of the operand; absent if the operator is not elementwise.</summary>
    public TensorValue? Local { get; init; }

    /// <summary>
    /// The vector-Jacobian product of that node in matrix form, with its numbers: <c>dL/dw = xᵀ · dL/dz = [[1, 2]]ᵀ · [[8]] = [[8], [16]]</c>.
    /// </summary>
    public string? Rule { get; init; }

    /// <summary>The gradient of the output with respect to that node.</summary>
    public required TensorValue Upstream { get; init; }

    /// <summary>The contribution of this use, in the shape of the value.</summary>
    public required TensorValue Value { get; init; }
}
