namespace Backprop.Client;

/// <summary>How a client reaches the service.</summary>
public sealed class BackpropClientOptions
{
    /// <summary>The address of the service. Default: <c>http://localhost:8080</c>.</summary>
    public Uri BaseAddress { get; set; } = new("http://localhost:8080");

    /// <summary>Sent as <c>X-Api-Key</c> where the service asks for one. Default: none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// Gives the access token of the learner for whom a request is made, or null where it is made for nobody; asked before every
    /// request. Default: for nobody.
    /// </summary>
    public Func<CancellationToken, ValueTask<string?>>? AccessToken { get; set; }
}
