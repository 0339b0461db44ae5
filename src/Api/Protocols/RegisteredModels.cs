using Backprop.Api.Features.Graphs;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.Problems;
using Backprop.Compute.Caching;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Persistence;

namespace Backprop.Api.Protocols;

/// <summary>Finds registered graphs for external protocols, whose clients call the same graph repeatedly; parsed graphs are cached.</summary>
/// <param name="registry">The registry, queried every time: a graph may be deleted or its alias moved.</param>
/// <param name="engine">Types graphs.</param>
internal sealed class RegisteredModels(GraphRegistry registry, DerivativeEngine engine)
{
    private const int Kept = 1024;
    private const long KeptBytes = 64 << 20;
    private readonly PlanCache<RegisteredModel> models = new(Kept, KeptBytes, model => model.Bytes);

    /// <summary>The graph of this id or alias.</summary>
    /// <exception cref="ProblemException">There is none (404).</exception>
    public async Task<RegisteredModel> FindAsync(string idOrAlias, RequestBudget budget)
    {
        CancellationToken cancellationToken = budget.Token;
        RegisteredGraph found = await registry.RequireAsync(idOrAlias, budget);
        while (true)
        {
            try
            {
                return models.GetOrAdd(found.Id, () => Read(found, cancellationToken), out _);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // The request that was reading this graph was cancelled.
            }
        }
    }

    private RegisteredModel Read(RegisteredGraph found, CancellationToken cancellationToken)
    {
        SourcedGraph graph = GraphSource.Read(found);
        IReadOnlyList<TensorType>? types = OutputTypes(graph.Definition, cancellationToken);

        // An input without a shape passes for a scalar there, which the outputs may not fit.
        IReadOnlyList<DType>? elements = types is not null ? [.. types.Select(type => type.DType)]
            : new OutputTypeInference(engine).Of(graph.Definition, cancellationToken);
        return new RegisteredModel(graph, types, elements, 4L * found.Canonical.Length);
    }

    private IReadOnlyList<TensorType>? OutputTypes(GraphDefinition definition, CancellationToken cancellationToken)
    {
        try
        {
            return engine.OutputTypes(definition, new Dictionary<string, int>(), cancellationToken);
        }
        catch (Exception error) when (error is GraphException or LimitException)
        {
            return null;
        }
    }
}
