namespace Backprop.Client;

/// <summary>How a client reaches the service.</summary>
public sealed class BackpropClientOptions
{
    /// <summary>The address of the service. Default: <c>http://localhost:8080</c>.</summary>
    public Uri BaseAddress { get; set; } = new("http://localhost:8080");

    /// <summary>Sent as <c>X-Api-Key</c> where the service asks for one. Default: none.</summary>
    public string? ApiKey { get; set; }
}
