using Backprop.Compute.Caching;
using Shouldly;

namespace Backprop.Compute.Tests.Caching;

public class PlanCacheTests
{
    [Fact]
    public void Compiles_once()
    {
        var cache = new PlanCache<string>(2, 100, s => s.Length);
        cache.GetOrAdd("a", () => "one", out bool first).ShouldBe("one");
        cache.GetOrAdd("a", () => "two", out bool second).ShouldBe("one");
        (first, second).ShouldBe((false, true));
        cache.HeldBytes.ShouldBe(3);
    }

    [Fact]
    public void The_least_recently_used_leaves()
    {
        var cache = new PlanCache<string>(2, 100, s => s.Length);
        cache.GetOrAdd("a", () => "a", out _);
        cache.GetOrAdd("b", () => "b", out _);
        cache.GetOrAdd("a", () => "a", out _);
        cache.GetOrAdd("c", () => "c", out _);
        cache.GetOrAdd("a", () => "a", out bool a);
        cache.GetOrAdd("b", () => "b", out bool b);
        (a, b, cache.Count).ShouldBe((true, false, 2));
    }

    [Fact]
    public void Bytes_are_bounded_and_giants_are_not_kept()
    {
        var cache = new PlanCache<string>(10, 5, s => s.Length);
        cache.GetOrAdd("a", () => "aaa", out _);
        cache.GetOrAdd("giant", () => "123456", out _);
        (cache.Count, cache.HeldBytes).ShouldBe((1, 3));
        cache.GetOrAdd("b", () => "bbb", out _);
        (cache.Count, cache.HeldBytes).ShouldBe((1, 3));
    }

    [Fact]
    public void A_failure_is_not_kept()
    {
        var cache = new PlanCache<string>(10, 10, s => s.Length);
        Should.Throw<FormatException>(() => cache.GetOrAdd("a", () => throw new FormatException(), out _));
        cache.GetOrAdd("a", () => "a", out bool cached).ShouldBe("a");
        (cached, cache.Count).ShouldBe((false, 1));
    }

    [Fact]
    public async Task A_caller_who_waits_for_another_can_be_cancelled()
    {
        var cache = new PlanCache<string>(4, 1000, s => s.Length);
        using ManualResetEventSlim begun = new(), released = new();
        Task<string> first = Task.Run(() => cache.GetOrAdd("a", () =>
        {
            begun.Set();
            released.Wait();
            return "a";
        }, out _));
        begun.Wait();
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        Task<string> second = Task.Run(() => cache.GetOrAdd("a", () => "b", out _, source.Token));
        await Should.ThrowAsync<OperationCanceledException>(second.WaitAsync(TimeSpan.FromSeconds(10)));
        released.Set();
        (await first).ShouldBe("a");
    }

    [Fact]
    public async Task Those_who_wait_are_told_of_a_failure()
    {
        var cache = new PlanCache<string>(4, 1000, s => s.Length);
        using ManualResetEventSlim begun = new(), released = new();
        Task<string> first = Task.Run(() => cache.GetOrAdd("a", () =>
        {
            begun.Set();
            released.Wait();
            throw new FormatException();
        }, out _));
        begun.Wait();
        Task<string> second = Task.Run(() => cache.GetOrAdd("a", () => "b", out _));
        await Task.Delay(50);
        released.Set();
        await Should.ThrowAsync<FormatException>(first);
        (await second.ContinueWith(task => task.Exception?.InnerException is FormatException || task.Result == "b")).ShouldBeTrue();
    }

    [Fact]
    public void Many_threads_share_one_compilation()
    {
        var cache = new PlanCache<string>(4, 1000, s => s.Length);
        int compiled = 0;
        Parallel.For(0, 200, i => cache.GetOrAdd($"{i % 4}", () => $"{Interlocked.Increment(ref compiled)}", out _));
        (compiled, cache.Count).ShouldBe((4, 4));
    }
}
