namespace Backprop.Client;

/// <summary>How a client connects to the service.</summary>
public sealed class BackpropClientOptions
{
    /// <summary>The address of the service. Default: <c>http://localhost:8080</c>.</summary>
    public Uri BaseAddress { get; set; } = new("http://localhost:8080");

    /// <summary>Sent as <c>X-Api-Key</c>, for routes that require a key. Default: none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// Returns the access token of the learner that a request is made for, or null if there is none; called before every request. Default: no
    /// learner.
    /// </summary>
    public Func<CancellationToken, ValueTask<string?>>? AccessToken { get; set; }
}
