using Backprop.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Backprop.Api.Health;

/// <summary>Healthy when the registered graphs can be read.</summary>
/// <param name="contexts">Makes database contexts.</param>
public sealed class DatabaseCheck(IDbContextFactory<BackpropDbContext> contexts) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var database = await contexts.CreateDbContextAsync(cancellationToken);
        _ = await database.Graphs.AnyAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
