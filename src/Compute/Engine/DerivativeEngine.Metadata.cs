using Backprop.Domain.Graphs;

namespace Backprop.Compute.Engine;

/// <content>Queries with metadata that is known without a run.</content>
public sealed partial class DerivativeEngine
{
    /// <summary>Runs a query and returns its metadata.</summary>
    /// <inheritdoc cref="Run(ComputationRequest, DerivativeQuery, CancellationToken)"/>
    public (Execution Execution, TMetadata Metadata) Run<TMetadata>(ComputationRequest submission, DerivativeQuery<TMetadata> query,
        CancellationToken cancellationToken)
    {
        Execution execution = Run(submission, (DerivativeQuery)query, cancellationToken);
        return (execution, Described(query, execution.Query).Metadata);
    }

    /// <inheritdoc cref="Prepare(ComputationRequest, DerivativeQuery, CancellationToken)"/>
    public (CompiledQuery<TMetadata> CompiledQuery, Tensor[] Inputs, double CompileMs) Prepare<TMetadata>(
        ComputationRequest submission, DerivativeQuery<TMetadata> query, CancellationToken cancellationToken)
    {
        (CompiledQuery compiled, Tensor[] inputs, double compileMs) = Prepare(submission, (DerivativeQuery)query, cancellationToken);
        return (Described(query, compiled), inputs, compileMs);
    }

    /// <inheritdoc cref="PlanOf(ComputationRequest, DerivativeQuery, int?, IReadOnlyDictionary{string, int}, CancellationToken)"/>
    public CompiledQuery<TMetadata> PlanOf<TMetadata>(
        ComputationRequest submission, DerivativeQuery<TMetadata> query, int? points, IReadOnlyDictionary<string, int> dimensions,
            CancellationToken cancellationToken) =>
        Described(query, PlanOf(submission, (DerivativeQuery)query, points, dimensions, cancellationToken));

    // Plans are cached without the type of their metadata. Queries of one key have metadata of one type.
    private static CompiledQuery<TMetadata> Described<TMetadata>(DerivativeQuery<TMetadata> query, CompiledQuery compiled) =>
        compiled as CompiledQuery<TMetadata> ?? throw new InvalidOperationException($"'{query.Key}' was compiled without {typeof(TMetadata).Name}.");
}
