namespace Backprop.Api.Health;

/// <summary>The state of the service.</summary>
/// <param name="Status"><c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>: the worst of the checks.</param>
/// <param name="Checks">The checks by name.</param>
public sealed record HealthReportContract(string Status, IReadOnlyDictionary<string, HealthEntryContract> Checks);

/// <summary>The result of one check.</summary>
/// <param name="Status"><c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>.</param>
/// <param name="Description">What is wrong or still to come, if anything.</param>
/// <param name="DurationMs">The milliseconds that the check took.</param>
public sealed record HealthEntryContract(string Status, string? Description, double DurationMs);
