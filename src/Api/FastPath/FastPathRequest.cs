using Backprop.Api.Features.Derivatives;
using Backprop.Api.Platform.Requests;

namespace Backprop.Api.FastPath;

/// <summary>A request that goes the ordinary way, and of which a hot plan can be made once it is answered.</summary>
/// <param name="body">Its body.</param>
/// <param name="route">Its route.</param>
public sealed class FastPathRequest(PooledBody body, string route)
{
    /// <summary>The body, which is read.</summary>
    public PooledBody Body => body;

    /// <summary>The route.</summary>
    public string Route => route;

    /// <summary>What was asked, where it was answered.</summary>
    public (QueryExecution QueryExecution, ResponseWriter Form)? Learned { get; private set; }

    /// <summary>Takes note of an answer.</summary>
    public void Learn(QueryExecution asked, ResponseWriter form) => Learned = (asked, form);
}
