using Backprop.Compute.Devices;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;

namespace Backprop.Compute.Engine;

/// <summary>A graph with values: the starting point of every query about derivatives.</summary>
/// <param name="Definition">The graph as submitted, so that errors refer to what the sender wrote.</param>
/// <param name="Id">The id of its canonical form.</param>
/// <param name="Inputs">The submitted values.</param>
/// <param name="DType">The element type of inputs and constants that state none.</param>
/// <param name="Batch">The inputs whose leading axis counts independent points.</param>
/// <param name="Device">The device to run on; null for the fastest.</param>
public sealed record ComputationRequest(
    GraphDefinition Definition, string Id, IReadOnlyDictionary<string, Literal> Inputs, DType DType, IReadOnlyList<string> Batch,
        DeviceKind? Device = null)
{
    /// <summary>Where the sender named the graph, for messages: <c>graph</c>, <c>expression</c>, <c>graphId</c>, <c>onnx</c>.</summary>
    public string Path { get; init; } = "graph";

    /// <summary>The id or alias by which the sender named a registered graph, or null if the graph came with the request.</summary>
    public string? RegisteredName { get; init; }

    /// <summary>The order of the definition's nodes where it is known already: that of <see cref="CanonicalForm.Source"/>.</summary>
    public TopologicalOrder? Order { get; init; }

    /// <summary>The order of the definition's nodes, found out only where it is not known.</summary>
    /// <exception cref="GraphException">The definition is not sound.</exception>
    internal TopologicalOrder Ordered(CancellationToken cancellationToken) =>
        Order is { } known && ReferenceEquals(known.Definition, Definition) ? known : TopologicalOrder.Of(Definition, cancellationToken);
}

/// <summary>The limits on the cost of a request; all are checked before anything is allocated.</summary>
public sealed record EngineLimits
{
    /// <summary>The most elements of all values of a plan together.</summary>
    public long MaxElements { get; init; } = 1L << 28;

    /// <summary>The most elements of all results together.</summary>
    public long MaxAnswerElements { get; init; } = 1L << 26;

    /// <summary>The most floating-point operations.</summary>
    public double MaxFlops { get; init; } = 1e13;

    /// <summary>The most operations on ILGPU's emulated device: floating-point operations, or elements moved if an operator moves more.</summary>
    public double MaxEmulatedFlops { get; init; } = 1e8;

    /// <summary>
    /// The most nodes of a submitted graph. The result graph may have four times as many, and a checkpointing schedule may recompute and hold as many
    /// values.
    /// </summary>
    public long MaxNodes { get; init; } = 1_000_000;

    /// <summary>Approximately the most bytes that cached plans may hold.</summary>
    public long CacheBytes { get; init; } = 1L << 28;

    /// <summary>The memory that all requests share.</summary>
    public MemoryBudget Memory { get; init; } = MemoryBudget.Unlimited;
}
