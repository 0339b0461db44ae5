using Backprop.Compute.Compilation;
using Backprop.Compute.Devices;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Engine;

/// <summary>A query about a graph, compiled for values of certain types.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Graph">The graph that it runs, used to find the origin of non-finite values.</param>
/// <param name="ExtraTypes">The types of the auxiliary inputs.</param>
/// <param name="Facts">What is known without running.</param>
/// <param name="Baked">The static inputs: those whose values decided shapes, or the structure of the graph.</param>
/// <param name="Checkpointing">What checkpointing costs and saves, if it was requested.</param>
/// <param name="Device">The device that the plan was made for; null for the host.</param>
public sealed record CompiledQuery(
    Plan Plan,
    Graph Graph,
    IReadOnlyList<TensorType> ExtraTypes,
    object? Facts,
    IReadOnlyCollection<string> Baked,
    CheckpointFacts? Checkpointing = null,
    ChosenDevice? Device = null);
