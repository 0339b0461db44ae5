using Backprop.Domain.Graphs;

namespace Backprop.Compute.Engine;

/// <content>Queries that tell something without being run.</content>
public sealed partial class DerivativeEngine
{
    /// <summary>Answers a query, and tells what is known without running it.</summary>
    /// <inheritdoc cref="Run(ComputationRequest, DerivativeQuery, CancellationToken)"/>
    public (Execution Execution, TMetadata Metadata) Run<TMetadata>(ComputationRequest submission, DerivativeQuery<TMetadata> query,
        CancellationToken cancellation)
    {
        Execution execution = Run(submission, (DerivativeQuery)query, cancellation);
        return (execution, Described(query, execution.Query).Metadata);
    }

    /// <inheritdoc cref="Prepare(ComputationRequest, DerivativeQuery, CancellationToken)"/>
    public (CompiledQuery<TMetadata> CompiledQuery, Tensor[] Inputs, double CompileMs) Prepare<TMetadata>(
        ComputationRequest submission, DerivativeQuery<TMetadata> query, CancellationToken cancellation)
    {
        (CompiledQuery compiled, Tensor[] inputs, double compileMs) = Prepare(submission, (DerivativeQuery)query, cancellation);
        return (Described(query, compiled), inputs, compileMs);
    }

    /// <inheritdoc cref="PlanOf(ComputationRequest, DerivativeQuery, int?, IReadOnlyDictionary{string, int}, CancellationToken)"/>
    public CompiledQuery<TMetadata> PlanOf<TMetadata>(
        ComputationRequest submission, DerivativeQuery<TMetadata> query, int? points, IReadOnlyDictionary<string, int> dimensions,
            CancellationToken cancellation) =>
        Described(query, PlanOf(submission, (DerivativeQuery)query, points, dimensions, cancellation));

    // Plans are cached without the type of their metadata. Queries of one key have metadata of one type.
    private static CompiledQuery<TMetadata> Described<TMetadata>(DerivativeQuery<TMetadata> query, CompiledQuery compiled) =>
        compiled as CompiledQuery<TMetadata> ?? throw new InvalidOperationException($"'{query.Key}' was compiled without {typeof(TMetadata).Name}.");
}
