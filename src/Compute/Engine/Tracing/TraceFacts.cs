using Backprop.Domain.Graphs;

namespace Backprop.Compute.Engine.Tracing;

/// <summary>The structure of a walk-through; its numbers are the primals, gradients, contributions and local derivatives among the results.</summary>
/// <param name="Output">The value that is differentiated.</param>
/// <param name="Forward">The nodes that it needs, in topological order.</param>
/// <param name="Backward">The values that lead from it to the requested ones, each after all its uses.</param>
public sealed record TraceFacts(string Output, IReadOnlyList<NodeDefinition> Forward, IReadOnlyList<TracedValue> Backward);

/// <summary>A value in the backward pass.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Node">The node that makes it, or null for an input or constant.</param>
/// <param name="Uses">Its uses along the way.</param>
public sealed record TracedValue(string Name, NodeDefinition? Node, IReadOnlyList<TracedUse> Uses);

/// <summary>A use of a value for one result of the node that uses it.</summary>
/// <param name="Number">The number in the keys of its results.</param>
/// <param name="From">The node that uses it.</param>
/// <param name="Result">The result of that node.</param>
/// <param name="OperandIndex">The index of the operand.</param>
/// <param name="HasLocal">Whether there is a local derivative: the node is elementwise and the operand has its shape.</param>
public sealed record TracedUse(int Number, NodeDefinition From, string Result, int OperandIndex, bool HasLocal);
