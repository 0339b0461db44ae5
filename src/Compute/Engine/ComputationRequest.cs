using Backprop.Compute.Devices;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;

namespace Backprop.Compute.Engine;

/// <summary>A graph with values: what every query about derivatives starts from.</summary>
/// <param name="Definition">The graph as submitted, so that errors point to where the sender wrote something.</param>
/// <param name="Id">The id of its canonical form.</param>
/// <param name="Inputs">The submitted values.</param>
/// <param name="DType">The element type of what states none.</param>
/// <param name="Batch">The inputs whose leading axis counts independent points.</param>
/// <param name="Device">What it is to run on; null for the fastest.</param>
public sealed record ComputationRequest(
    GraphDefinition Definition, string Id, IReadOnlyDictionary<string, Literal> Inputs, DType DType, IReadOnlyList<string> Batch,
        DeviceKind? Device = null)
{
    /// <summary>Where the sender named the graph, for messages: <c>graph</c>, <c>expression</c>, <c>graphId</c>, <c>onnx</c>.</summary>
    public string Path { get; init; } = "graph";

    /// <summary>The id or alias by which the sender named a registered graph, or null where the graph came with the request.</summary>
    public string? RegisteredName { get; init; }

    /// <summary>The order of the definition's nodes where it is known already: that of <see cref="CanonicalForm.Source"/>.</summary>
    public TopologicalOrder? Order { get; init; }

    /// <summary>The order of the definition's nodes, found out only where it is not known.</summary>
    /// <exception cref="GraphException">The definition is not sound.</exception>
    internal TopologicalOrder Ordered(CancellationToken cancellation) =>
        Order is { } known && ReferenceEquals(known.Definition, Definition) ? known : TopologicalOrder.Of(Definition, cancellation);
}

/// <summary>What a request may cost at most; all is checked before anything is allocated.</summary>
public sealed record EngineLimits
{
    /// <summary>Elements of all values of a plan together.</summary>
    public long MaxElements { get; init; } = 1L << 28;

    /// <summary>Elements of all results together.</summary>
    public long MaxAnswerElements { get; init; } = 1L << 26;

    /// <summary>Floating-point operations.</summary>
    public double MaxFlops { get; init; } = 1e13;

    /// <summary>Operations on ILGPU's emulation of a device: floating-point operations, or elements where an operator moves more of them.</summary>
    public double MaxEmulatedFlops { get; init; } = 1e8;

    /// <summary>
    /// Nodes of a submitted graph: the graph of an answer may have four times as many, and a checkpoint schedule may compute again and hold as many
    /// values.
    /// </summary>
    public long MaxNodes { get; init; } = 1_000_000;

    /// <summary>About the bytes that cached plans may hold.</summary>
    public long CacheBytes { get; init; } = 1L << 28;

    /// <summary>The memory that all requests share.</summary>
    public MemoryBudget Memory { get; init; } = MemoryBudget.Unlimited;
}
