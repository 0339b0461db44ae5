namespace Backprop.Client.Operations;

/// <summary>Whether the server is alive or ready, and the reasons if not.</summary>
public sealed record HealthReport
{
    /// <summary>The worst status of its checks.</summary>
    public required HealthState Status { get; init; }

    /// <summary>The individual checks: database, devices, warm-up.</summary>
    public IReadOnlyList<HealthCheck>? Checks { get; init; }
}

/// <summary>One check of the server's health.</summary>
public sealed record HealthCheck
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its status.</summary>
    public required HealthState Status { get; init; }

    /// <summary>Details; absent if there are none.</summary>
    public string? Detail { get; init; }
}

/// <summary>The status of the server or of a part of it.</summary>
public enum HealthState
{
    /// <summary>It cannot serve requests.</summary>
    Unhealthy,

    /// <summary>It serves requests with reduced capabilities.</summary>
    Degraded,

    /// <summary>It works normally.</summary>
    Healthy,
}
