using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.Limits.Admission;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Limits.Admission;

public sealed class ComputeLimiterTests
{
    private readonly FakeTimeProvider clock = new();

    [Fact]
    public async Task Permits_are_given_until_there_are_none_and_given_on_when_they_come_back()
    {
        using ComputeLimiter limiter = Limiter(permits: 2);
        ComputeLease first = await PermitAsync(limiter, "a");
        ComputeLease second = await PermitAsync(limiter, "b");
        Task<Decision> third = Ask(limiter, "c");
        third.IsCompleted.ShouldBeFalse();
        first.Dispose();
        (await third).Lease.ShouldNotBeNull().Dispose();
        second.Dispose();
        (limiter.Running, limiter.Waiting).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Clients_take_turns_however_many_requests_one_of_them_has_waiting()
    {
        using ComputeLimiter limiter = Limiter(permits: 1, queueLength: 100);
        ComputeLease held = await PermitAsync(limiter, "flood");
        Task<Decision>[] flood = [.. Enumerable.Range(0, 50).Select(_ => Ask(limiter, "flood"))];
        Task<Decision> other = Ask(limiter, "other");
        held.Dispose();
        (await flood[0]).Lease.ShouldNotBeNull().Dispose();
        (await other).Lease.ShouldNotBeNull();
        flood.Count(task => task.IsCompleted).ShouldBe(1);
    }

    [Fact]
    public async Task A_full_queue_drops_a_request_of_the_client_that_has_most_in_it()
    {
        using ComputeLimiter limiter = Limiter(permits: 1, queueLength: 4);
        await PermitAsync(limiter, "x");
        Task<Decision>[] flood = [.. Enumerable.Range(0, 4).Select(_ => Ask(limiter, "flood"))];
        Task<Decision> other = Ask(limiter, "other");
        other.IsCompleted.ShouldBeFalse();
        Decision dropped = await flood[3];
        dropped.Lease.ShouldBeNull();
        dropped.RetryAfter.ShouldBeGreaterThan(TimeSpan.Zero);
        (await Ask(limiter, "flood")).Lease.ShouldBeNull();
    }

    [Fact]
    public async Task A_computation_that_has_taken_a_second_makes_room_for_another_client_but_not_twice()
    {
        using ComputeLimiter limiter = Limiter(permits: 1, queueLength: 4);
        ComputeLease first = await PermitAsync(limiter, "a");
        Task<Decision> second = Ask(limiter, "b");
        clock.Advance(TimeSpan.FromSeconds(1.1));
        ComputeLease long1 = (await second).Lease.ShouldNotBeNull();
        clock.Advance(TimeSpan.FromSeconds(1.1));
        Task<Decision> third = Ask(limiter, "c");
        clock.Advance(TimeSpan.FromSeconds(0.5));
        third.IsCompleted.ShouldBeFalse();
        first.Dispose();
        clock.Advance(TimeSpan.FromSeconds(0.3));
        (await third).Lease.ShouldNotBeNull();
        long1.IsLong.ShouldBeTrue();
    }

    [Fact]
    public async Task One_client_never_holds_every_permit()
    {
        using ComputeLimiter limiter = Limiter(permits: 2, queueLength: 8);
        for (int i = 0; i < 3; i++)
        {
            await PermitAsync(limiter, "greedy");
            clock.Advance(TimeSpan.FromSeconds(1.1));
        }

        Task<Decision> fourth = Ask(limiter, "greedy");
        clock.Advance(TimeSpan.FromSeconds(0.5));
        fourth.IsCompleted.ShouldBeFalse();
        (await Ask(limiter, "other")).Lease.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_client_that_comes_back_when_it_was_told_to_is_admitted_before_those_that_were_not()
    {
        using ComputeLimiter limiter = Limiter(permits: 1, queueLength: 2);
        ComputeLease held = await PermitAsync(limiter, "x");
        Ask(limiter, "y").IsCompleted.ShouldBeFalse();
        Ask(limiter, "z").IsCompleted.ShouldBeFalse();
        TimeSpan told = (await Ask(limiter, "obedient")).RetryAfter;
        clock.Advance(TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(told.TotalSeconds))));
        held.Dispose();
        Task<Decision> returning = Ask(limiter, "obedient");
        if (returning.IsCompleted)
        {
            (await returning).Lease.ShouldNotBeNull();
        }
        else
        {
            limiter.Waiting.ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public async Task Rejected_clients_are_told_different_times_at_the_rate_at_which_permits_become_free()
    {
        using ComputeLimiter limiter = Limiter(permits: 1, queueLength: 0);
        for (int i = 0; i < 100; i++)
        {
            ComputeLease lease = await PermitAsync(limiter, "calibration");
            clock.Advance(TimeSpan.FromSeconds(0.5));
            lease.Dispose();
        }

        await PermitAsync(limiter, "x");
        double[] told = [.. await Task.WhenAll(Enumerable.Range(0, 20).Select(async i => (await Ask(limiter, $"c{i}")).RetryAfter.TotalSeconds))];
        told.ShouldAllBe(seconds => double.IsInteger(seconds) && seconds >= 1);
        for (int start = 1; start < 20; start++)
        {
            told.Count(seconds => seconds >= start && seconds < start + 2).ShouldBeLessThanOrEqualTo(3, $"between {start} s and {start + 2} s");
        }

        told.Max().ShouldBeLessThanOrEqualTo(22);
    }

    [Fact]
    public async Task A_client_that_never_obeys_does_not_push_the_turns_of_others_back()
    {
        using ComputeLimiter limiter = Limiter(permits: 1, queueLength: 0);
        await PermitAsync(limiter, "x");
        for (int i = 0; i < 10_000; i++)
        {
            (await Ask(limiter, "flood")).Lease.ShouldBeNull();
        }

        (await Ask(limiter, "other")).RetryAfter.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Once_more_come_than_can_be_served_those_that_would_wait_long_are_told_so_at_once()
    {
        using ComputeLimiter limiter = Limiter(permits: 1, queueLength: 20);
        await PermitAsync(limiter, "x");
        var waiting = new Task<Decision>[20];
        for (int i = 0; i < waiting.Length; i++)
        {
            waiting[i] = Ask(limiter, $"c{i}");
            clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        waiting.ShouldAllBe(task => !task.IsCompleted);
        (await Ask(limiter, "one too many")).Lease.ShouldBeNull();
        await Task.WhenAll(waiting.Skip(5)).WaitAsync(TimeSpan.FromSeconds(60));
        waiting.Take(5).ShouldAllBe(task => !task.IsCompleted);
    }

    [Fact]
    public async Task A_request_whose_wait_would_be_too_long_is_rejected_at_once()
    {
        using ComputeLimiter limiter = Limiter(permits: 1, queueLength: 1000, queueSeconds: 0.1);
        await PermitAsync(limiter, "x");
        Task<Decision>[] asked = [.. Enumerable.Range(0, 100).Select(i => Ask(limiter, $"c{i}"))];
        asked.Count(task => !task.IsCompleted).ShouldBeInRange(1, 11);
        clock.Advance(TimeSpan.FromSeconds(0.8));
        (await Task.WhenAll(asked)).ShouldAllBe(admission => admission.Lease == null);
    }

    [Fact]
    public async Task A_request_that_gives_up_waiting_leaves_the_queue()
    {
        using ComputeLimiter limiter = Limiter(permits: 1);
        ComputeLease held = await PermitAsync(limiter, "x");
        using var leaving = new CancellationTokenSource();
        Task<Decision> waiting = limiter.AcquireAsync("y", leaving.Token).AsTask();
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
        limiter.Waiting.ShouldBe(0);
        held.Dispose();
        limiter.Running.ShouldBe(0);
    }

    [Fact]
    public async Task A_request_that_suspended_itself_goes_before_those_that_wait_for_their_first_permit()
    {
        using ComputeLimiter limiter = Limiter(permits: 1);
        ComputeLease held = await PermitAsync(limiter, "x");
        Task<Decision> waiting = Ask(limiter, "y");
        Task<Decision> resuming = limiter.ResumeAsync("z", CancellationToken.None).AsTask();
        held.Dispose();
        (await resuming).Lease.ShouldNotBeNull().Dispose();
        (await waiting).Lease.ShouldNotBeNull();
    }

    private static async Task<ComputeLease> PermitAsync(ComputeLimiter limiter, string client) => (await Ask(limiter, client)).Lease.ShouldNotBeNull();

    private static Task<Decision> Ask(ComputeLimiter limiter, string client) => limiter.AcquireAsync(client, CancellationToken.None).AsTask();

    private ComputeLimiter Limiter(int permits, int queueLength = 64, double queueSeconds = 60) => new(
        Options.Create(new BackpropLimits { Concurrency = permits, QueueLength = queueLength, QueueSeconds = queueSeconds }), clock);
}
