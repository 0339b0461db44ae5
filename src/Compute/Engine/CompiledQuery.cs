using Backprop.Compute.Compilation;
using Backprop.Compute.Devices;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Engine;

/// <summary>A query about a graph, ready to run on values of the types it was made for.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Graph">The graph that it runs, for finding where a non-finite value came from.</param>
/// <param name="ExtraTypes">The types of the further values.</param>
/// <param name="Facts">What is known without running.</param>
/// <param name="Baked">The inputs whose values decided shapes, or what the graph is.</param>
/// <param name="Checkpointing">What checkpointing costs and saves, where it was asked for.</param>
/// <param name="Device">The device that the plan was made for; null for the host.</param>
public sealed record CompiledQuery(
    Plan Plan,
    Graph Graph,
    IReadOnlyList<TensorType> ExtraTypes,
    object? Facts,
    IReadOnlyCollection<string> Baked,
    CheckpointFacts? Checkpointing = null,
    ChosenDevice? Device = null);
