namespace Backprop.Client.Operations;

/// <summary>Whether the server is alive or ready, and why not.</summary>
public sealed record HealthReport
{
    /// <summary>The worst of its checks.</summary>
    public required HealthState Status { get; init; }

    /// <summary>The single checks: database, devices, warm-up.</summary>
    public IReadOnlyList<HealthCheck>? Checks { get; init; }
}

/// <summary>One check of the server's health.</summary>
public sealed record HealthCheck
{
    /// <summary>What is checked.</summary>
    public required string Name { get; init; }

    /// <summary>How it stands.</summary>
    public required HealthState Status { get; init; }

    /// <summary>Why; absent where there is nothing to say.</summary>
    public string? Detail { get; init; }
}

/// <summary>The state of the server or of a part of it.</summary>
public enum HealthState
{
    /// <summary>It serves no requests.</summary>
    Unhealthy,

    /// <summary>It serves, but not with all it has.</summary>
    Degraded,

    /// <summary>All is well.</summary>
    Healthy,
}
