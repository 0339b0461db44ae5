using Backprop.Api.Features.Derivatives;
using Backprop.Api.Platform.Requests;

namespace Backprop.Api.FastPath;

/// <summary>A request that takes the ordinary path and from which a prepared request can be made once it is answered.</summary>
/// <param name="body">Its body.</param>
/// <param name="route">Its route.</param>
public sealed class FastPathRequest(PooledBody body, string route)
{
    /// <summary>The body, already read.</summary>
    public PooledBody Body => body;

    /// <summary>The route.</summary>
    public string Route => route;

    /// <summary>The execution, once the request is answered.</summary>
    public (QueryExecution QueryExecution, ResponseWriter Form)? Learned { get; private set; }

    /// <summary>Records an answer.</summary>
    public void Learn(QueryExecution asked, ResponseWriter form) => Learned = (asked, form);
}
