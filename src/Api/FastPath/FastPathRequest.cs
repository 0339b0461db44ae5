using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Responses;
using Backprop.Compute.Engine;

namespace Backprop.Api.FastPath;

/// <summary>A request that takes the ordinary path and from which a prepared request can be made once it is answered.</summary>
/// <param name="body">Its body.</param>
/// <param name="route">Its route.</param>
/// <param name="key">The key under which no plan was found.</param>
internal sealed class FastPathRequest(PooledBody body, string route, string? key)
{
    /// <summary>The body, already read.</summary>
    public PooledBody Body => body;

    /// <summary>The route.</summary>
    public string Route => route;

    /// <summary>The key of its plan; null if it was not looked up by one.</summary>
    public string? Key => key;

    /// <summary>What answered it: the writer of the answer, the query that was run, the id of the graph and the name it was given by.</summary>
    public (ResponseWriter Writer, CompiledQuery Query, string GraphId, string? GraphName)? Answer { get; private set; }

    /// <summary>Records what answered it.</summary>
    /// <param name="writer">Writes the answer.</param>
    /// <param name="query">The query that was run.</param>
    /// <param name="graphId">The id of the graph.</param>
    /// <param name="graphName">The id or alias by which a registered graph was named, or null.</param>
    public void Record(ResponseWriter writer, CompiledQuery query, string graphId, string? graphName) => Answer = (writer, query, graphId, graphName);
}
