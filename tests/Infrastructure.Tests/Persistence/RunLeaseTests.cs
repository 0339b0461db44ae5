using Backprop.Domain.Graphs;
using Backprop.Domain.Quotas;
using Backprop.Domain.Training;
using Backprop.Domain.Training.Runs;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Persistence;

/// <summary>Two processes on one database, and the runs that they compute.</summary>
public sealed class RunLeaseTests
{
    private const int Bits = 256;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_run_is_claimed_once_and_again_when_its_owner_is_gone()
    {
        await using TemporaryDatabase one = await TemporaryDatabase.CreateAsync();
        await using var other = new TemporaryDatabase(one.FilePath);
        await AddAsync(one, "r");
        ClaimedRun?[] claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Claim(i % 2 == 0 ? one : other, $"p{i}")));
        ClaimedRun first = claims.OfType<ClaimedRun>().ShouldHaveSingleItem();
        (await CommitAsync(one, first, 0, 3, checkpoint: 2)).IsOwner.ShouldBeTrue();
        (await Claim(other, "late")).ShouldBeNull();

        other.Clock.Advance(2 * Lease);
        ClaimedRun second = (await Claim(other, "next")).ShouldNotBeNull();
        (second.Run.Step, second.Run.MetricStep, second.State.Step).ShouldBe((3, 3, 2));
        second.State.Tensors["w"].Values<double>().ToArray().ShouldBe([2, double.NaN, -0.0]);

        // The first owner still lives: whatever it sends comes too late.
        (await CommitAsync(one, first, 3, 4)).IsOwner.ShouldBeFalse();
        (await CommitAsync(other, second, 3, 5)).IsOwner.ShouldBeTrue();
        (await CommitAsync(one, first, 5, 6)).IsOwner.ShouldBeFalse();
        (await one.Runs.ReadMetricsAsync("r", 0, long.MaxValue, 100, CancellationToken.None)).Select(metric => metric.Step).ShouldBe([1L, 2, 3, 4, 5]);
    }

    [Fact]
    public async Task A_step_is_stored_once_however_often_it_is_sent()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.CreateAsync();
        await AddAsync(database, "r");
        ClaimedRun run = (await Claim(database, "p")).ShouldNotBeNull();
        (await CommitAsync(database, run, 0, 3)).IsOwner.ShouldBeTrue();
        (await CommitAsync(database, run, 0, 3)).IsOwner.ShouldBeFalse("the step that is stored is 3");

        // Steps that are done again after a restart.
        (await CommitAsync(database, run, 3, 3, from: 1)).IsOwner.ShouldBeTrue();
        (await CommitAsync(database, run, 3, 2000, from: 2)).IsOwner.ShouldBeTrue();
        IReadOnlyList<StepMetrics> metrics = await database.Runs.ReadMetricsAsync("r", 0, long.MaxValue, 10_000, CancellationToken.None);
        metrics.Select(metric => metric.Step).ShouldBe(Enumerable.Range(1, 2000).Select(step => (long)step));
        metrics[1233].ShouldBe(Metric(1234));
        (await database.Runs.ReadMetricsAsync("r", 511, 514, 2, CancellationToken.None)).Select(metric => metric.Step).ShouldBe([512L, 513]);
        (await database.Runs.FindAsync("r", null, CancellationToken.None))!.Loss.ShouldBe(double.NaN);
    }

    [Theory]
    [InlineData(null, RunState.Queued)]
    [InlineData(RunCommand.Pause, RunState.Paused)]
    [InlineData(RunCommand.Cancel, RunState.Cancelled)]
    public async Task A_run_that_is_given_back_follows_what_is_pending(RunCommand? command, RunState state)
    {
        await using TemporaryDatabase database = await TemporaryDatabase.CreateAsync();
        await AddAsync(database, "r");
        ClaimedRun run = (await Claim(database, "p")).ShouldNotBeNull();
        if (command is { } asked)
        {
            await database.Runs.ChangeAsync("r", null, stored => stored.After(asked, DateTimeOffset.UtcNow), CancellationToken.None);
        }

        (await CommitAsync(database, run, 0, 1)).Pending.ShouldBe(command);
        (await CommitAsync(database, run, 1, 1, left: RunState.Queued)).IsOwner.ShouldBeTrue();
        TrainingRun after = (await database.Runs.FindAsync("r", null, CancellationToken.None))!;
        (after.State, after.Pending, after.FinishedAt is null).ShouldBe((state, null, state != RunState.Cancelled));
        (await Claim(database, "q") is not null).ShouldBe(state == RunState.Queued);
    }

    [Fact]
    public async Task A_run_of_other_vectors_waits_and_a_held_one_is_not_taken_again()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.CreateAsync();
        await AddAsync(database, "r");
        (await database.Leases.ClaimAsync("p", [], 512, Lease, CancellationToken.None)).ShouldBeNull();
        ClaimedRun run = (await database.Leases.ClaimAsync("p", [], null, Lease, CancellationToken.None)).ShouldNotBeNull();
        database.Clock.Advance(2 * Lease);
        (await database.Leases.ClaimAsync("p", [run.Lease.Sequence], null, Lease, CancellationToken.None)).ShouldBeNull();
        (await CommitAsync(database, run, 0, 1, left: RunState.Completed)).IsOwner.ShouldBeTrue();
        database.Clock.Advance(TimeSpan.FromDays(1));
        (await database.Leases.DeleteFinishedAsync(database.Clock.GetUtcNow().AddHours(-1), CancellationToken.None)).ShouldBe(1);
        (await database.Runs.FindAsync("r", null, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Clients_take_turns()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.CreateAsync();
        foreach (string id in (string[])["a1", "a2", "a3", "b1"])
        {
            await AddAsync(database, id, client: id[..1]);
        }

        (await Claim(database, "p"))!.Run.Id.ShouldBe("a1");
        (await Claim(database, "p"))!.Run.Id.ShouldBe("b1");
        (await Claim(database, "p"))!.Run.Id.ShouldBe("a2");
    }

    private static Task<ClaimedRun?> Claim(TemporaryDatabase database, string process) =>
        database.Leases.ClaimAsync(process, [], Bits, Lease, CancellationToken.None);

    private static Task<LeaseAnswer> CommitAsync(
        TemporaryDatabase database, ClaimedRun run, long stored, long step, long? checkpoint = null, long? from = null, RunState? left = null) =>
        database.Leases.CommitAsync(
            run.Lease,
            new RunProgress(stored, step)
            {
                Metrics = [.. Enumerable.Range((int)(from ?? stored + 1), (int)Math.Max(0, step - (from ?? stored + 1) + 1)).Select(one => Metric(one))],
                Checkpoint = checkpoint is { } at ? State(at) : null,
                Left = left,
            },
            Lease, CancellationToken.None);

    private static StepMetrics Metric(long step) => new(step, 1 + (step / 7), step % 10 == 0 ? double.NaN : 1.0 / step, double.PositiveInfinity, 0.1)
    {
        ClippedNorm = step % 3 == 0 ? null : 0.5,
        ValidationLoss = step % 5 == 0 ? step : null,
    };

    private static TrainingState State(long step) =>
        new(step, new Dictionary<string, Tensor> { ["w"] = Tensor.Vector(step, double.NaN, -0.0), ["n"] = Tensor.Scalar(step) }, null, 0);

    private static Task AddAsync(TemporaryDatabase database, string id, string client = "c")
    {
        var run = new TrainingRun(id, RunState.Queued, 5000, database.Clock.GetUtcNow()) { VectorBits = Bits };
        StorageLimit plenty = new("Training:Runs", 1_000_000);
        var quota = new RunQuota(new StorageQuota("runs", plenty, plenty, plenty, plenty), plenty, plenty);
        return database.Runs.AddAsync(new NewTrainingRun(run, [1, 2, 3], State(0), 10, null), client, quota, CancellationToken.None);
    }
}
