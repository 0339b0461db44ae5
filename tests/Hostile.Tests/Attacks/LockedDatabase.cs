using System.Diagnostics;
using Backprop.Hostile.Tests.Service;
using Microsoft.Data.Sqlite;

namespace Backprop.Hostile.Tests.Attacks;

/// <summary>Registrations while another program holds the database's write lock.</summary>
internal sealed class LockedDatabase(int number) : RequestAttack(number)
{
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(5);
    private int _round;

    /// <inheritdoc/>
    public override string Name => "locked database";

    /// <inheritdoc/>
    public override async Task RunAsync(ServiceProcess service, CancellationToken end) =>
        await Task.WhenAll(base.RunAsync(service, end), Task.Run(() => HoldAsync(service.Database, end), CancellationToken.None));

    /// <inheritdoc/>
    protected override HttpRequestMessage Next(Random random) =>
        Post("/graphs", $$"""{"expression":"L = x*{{Interlocked.Increment(ref _round)}} + locked"}""");

    private static async Task HoldAsync(string database, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
            await connection.OpenAsync(CancellationToken.None);
            using SqliteTransaction transaction = connection.BeginTransaction();
            for (long began = Stopwatch.GetTimestamp(); !end.IsCancellationRequested && Stopwatch.GetElapsedTime(began) < Held;)
            {
                await Task.Delay(20, CancellationToken.None);
            }

            await transaction.RollbackAsync(CancellationToken.None);
        }
    }
}
