using Backprop.Compute.Devices;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;

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
        DeviceKind? Device = null);

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

/// <summary>A result by its name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value.</param>
public readonly record struct NamedTensor(string Name, Tensor Value);

/// <summary>The first place where a NaN or an infinity came up.</summary>
/// <param name="Node">The node that made it, or the input that held it.</param>
/// <param name="Pass">In which direction.</param>
/// <param name="Reason">Why: <c>log of 0 at [3]</c>.</param>
public sealed record NumericWarning(string Node, Pass Pass, string Reason);

/// <summary>What a run gave.</summary>
/// <param name="Results">The results in the order in which they were asked.</param>
/// <param name="Warnings">Where non-finite results came from, at most one a pass.</param>
/// <param name="Timing">How long it took.</param>
/// <param name="MeasuredPeakBytes">The most bytes of working memory and results that the run held, where checkpointing was asked for.</param>
public sealed record Execution(
    IReadOnlyList<NamedTensor> Results, IReadOnlyList<NumericWarning> Warnings, Timing Timing, long? MeasuredPeakBytes = null)
{
    /// <summary>The bytes of all results.</summary>
    public long Bytes => Results.Sum(result => (long)result.Value.Count * result.Value.DType.Size());

    /// <summary>A result by its name.</summary>
    public Tensor this[string name] => Results.First(result => result.Name == name).Value;
}

/// <summary>Where the time of a run went.</summary>
/// <param name="CompileMs">Milliseconds from graph to plan; 0 where the plan was cached.</param>
/// <param name="RunMs">Milliseconds of the plan's execution.</param>
public readonly record struct Timing(double CompileMs, double RunMs);
