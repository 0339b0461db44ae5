using Backprop.Compute.Compilation;
using Backprop.Compute.Devices;
using Backprop.Compute.Engine.Checkpoints;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Engine;

/// <summary>A query about a graph, compiled for values of certain types.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Graph">The graph that it runs, for finding where a non-finite value came from.</param>
/// <param name="Results">The keys of the graph's outputs, in their order.</param>
/// <param name="AuxiliaryTypes">The types of the auxiliary inputs.</param>
/// <param name="StaticInputs">The inputs whose values decided shapes or the graph itself.</param>
/// <param name="Checkpointing">What checkpointing costs and saves, if it was requested.</param>
/// <param name="Device">The device that the plan was made for; null for the host.</param>
public record CompiledQuery(
    Plan Plan,
    Graph Graph,
    IReadOnlyList<ResultKey> Results,
    IReadOnlyList<TensorType> AuxiliaryTypes,
    IReadOnlyCollection<string> StaticInputs,
    CheckpointFacts? Checkpointing = null,
    ChosenDevice? Device = null)
{
    /// <summary>The paths of the plan's inputs in a request, in their order: <c>inputs.x</c>, <c>tangents.x</c>, <c>seed</c>.</summary>
    public IEnumerable<string> InputPaths
    {
        get
        {
            int own = Graph.Inputs.Count - AuxiliaryTypes.Count;
            return Graph.Inputs.Select((input, i) => i < own ? $"inputs.{input.Name}" : input.Name!);
        }
    }
}

/// <summary>A compiled query with metadata that is known without a run.</summary>
/// <typeparam name="TMetadata">The metadata: mode and passes of a Jacobian, the structure of a trace.</typeparam>
public sealed record CompiledQuery<TMetadata> : CompiledQuery
{
    internal CompiledQuery(CompiledQuery compiled, TMetadata metadata)
        : base(compiled) => Metadata = metadata;

    /// <summary>The metadata.</summary>
    public TMetadata Metadata { get; }
}
