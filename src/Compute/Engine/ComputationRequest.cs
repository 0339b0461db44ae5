using Backprop.Compute.Devices;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;

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
        DeviceKind? Device = null);

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

/// <summary>A result by its name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value.</param>
public readonly record struct NamedTensor(string Name, Tensor Value);

/// <summary>The first occurrence of a NaN or an infinity.</summary>
/// <param name="Node">The node that produced it, or the input that held it.</param>
/// <param name="Pass">In which direction.</param>
/// <param name="Reason">Why: <c>log of 0 at [3]</c>.</param>
public sealed record NumericWarning(string Node, Pass Pass, string Reason);

/// <summary>What a run returns.</summary>
/// <param name="Results">The results in the requested order.</param>
/// <param name="Warnings">The origins of non-finite results, at most one per pass.</param>
/// <param name="Timing">How long it took.</param>
/// <param name="MeasuredPeakBytes">The most bytes of working memory and results that the run held, if checkpointing was requested.</param>
public sealed record Execution(
    IReadOnlyList<NamedTensor> Results, IReadOnlyList<NumericWarning> Warnings, Timing Timing, long? MeasuredPeakBytes = null)
{
    /// <summary>The bytes of all results.</summary>
    public long Bytes => Results.Sum(result => (long)result.Value.Count * result.Value.DType.Size());

    /// <summary>A result by its name.</summary>
    public Tensor this[string name] => Results.First(result => result.Name == name).Value;
}

/// <summary>Where the time of a run was spent.</summary>
/// <param name="CompileMs">Milliseconds from graph to plan; 0 if the plan was cached.</param>
/// <param name="RunMs">Milliseconds of the plan's execution.</param>
public readonly record struct Timing(double CompileMs, double RunMs);
