using Backprop.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Backprop.Api.Features.Operations;

/// <summary>Healthy if the registered graphs can be read and a write has succeeded in the last seconds.</summary>
/// <param name="contexts">Makes database contexts.</param>
/// <param name="probe">Writes.</param>
/// <param name="time">The clock.</param>
internal sealed class DatabaseCheck(IDbContextFactory<BackpropDbContext> contexts, DatabaseProbe probe, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    // A write that takes longer is waiting for another process, which can write.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock turn = new();
    private Task<string?>? latest;
    private long begun;

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var database = await contexts.CreateDbContextAsync(cancellationToken);

        // Not a query of EF Core, whose first compilation takes longer than the rest of the warm-up.
        await database.Database.ExecuteSqlRawAsync("SELECT 1 FROM Graphs LIMIT 1", cancellationToken);
        return await FaultAsync(cancellationToken) is { } fault ? HealthCheckResult.Unhealthy(fault) : HealthCheckResult.Healthy();
    }

    private async Task<string?> FaultAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Latest().WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    // At most one write per period, whatever the number of requests.
    private Task<string?> Latest()
    {
        lock (turn)
        {
            if (latest is null || (latest.IsCompleted && time.GetElapsedTime(begun) >= Fresh))
            {
                (begun, latest) = (time.GetTimestamp(), ProbeAsync());
            }

            return latest;
        }
    }

    private async Task<string?> ProbeAsync()
    {
        try
        {
            await probe.RunAsync(CancellationToken.None);
            return null;
        }
        catch (Exception exception)
        {
            return DatabaseFaults.IsBusy(exception) ? null : $"The database is not writable: {exception.GetBaseException().Message}";
        }
    }
}
