using Backprop.Compute.Devices;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Backprop.Api.Features.Operations;

/// <summary>Reports devices that failed. The service works without them.</summary>
/// <param name="registry">The devices.</param>
internal sealed class DeviceCheck(DeviceRegistry registry) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        string[] failed = [.. registry.Discovered.Where(device => !device.IsUsable).Select(device => device.Name)];
        return Task.FromResult(failed.Length == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded($"left out: {string.Join(", ", failed)}"));
    }
}
