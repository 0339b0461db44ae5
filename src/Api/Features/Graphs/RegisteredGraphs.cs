using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.Problems;
using Backprop.Domain.Suggestions;
using Backprop.Infrastructure.Persistence;

namespace Backprop.Api.Features.Graphs;

/// <summary>Finds registered graphs, and says what an unknown name may stand for.</summary>
internal static class RegisteredGraphs
{
    /// <summary>The graph of an id or alias.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="idOrAlias">The id or alias.</param>
    /// <param name="budget">The time budget, whose permit is returned meanwhile.</param>
    /// <exception cref="ProblemException">There is none (404).</exception>
    public static Task<RegisteredGraph> RequireAsync(this GraphRegistry registry, string idOrAlias, RequestBudget budget) =>
        budget.SuspendAsync(async cancellationToken => await registry.FindAsync(idOrAlias, cancellationToken)
            ?? throw await registry.UnknownAsync(idOrAlias, cancellationToken));

    /// <summary>The problem of an unknown id or alias (404).</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="idOrAlias">The id or alias.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<ProblemException> UnknownAsync(this GraphRegistry registry, string idOrAlias, CancellationToken cancellationToken)
    {
        NameSuggestions known = await registry.SuggestionsAsync(idOrAlias, cancellationToken);
        string message = known.Message("No graph is registered as", idOrAlias, "; GET /graphs lists those that are");
        return new ProblemException(StatusCodes.Status404NotFound, "graphId", message);
    }
}
