using Backprop.Api.Derivatives;
using Backprop.Api.Requests;

namespace Backprop.Api.Hot;

/// <summary>A request that goes the ordinary way, and of which a hot plan can be made once it is answered.</summary>
/// <param name="body">Its body.</param>
/// <param name="route">Its route.</param>
public sealed class HotRequest(PooledBody body, string route)
{
    /// <summary>The body, which is read.</summary>
    public PooledBody Body => body;

    /// <summary>The route.</summary>
    public string Route => route;

    /// <summary>What was asked, where it was answered.</summary>
    public (Asked Asked, AnswerForm Form)? Learned { get; private set; }

    /// <summary>Takes note of an answer.</summary>
    public void Learn(Asked asked, AnswerForm form) => Learned = (asked, form);
}
