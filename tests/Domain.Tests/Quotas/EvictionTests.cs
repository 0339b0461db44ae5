using Backprop.Domain.Graphs;
using Backprop.Domain.Quotas;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Quotas;

public sealed class EvictionTests
{
    private readonly Held held = new();

    [Fact]
    public async Task A_holder_past_its_quota_loses_its_own_oldest()
    {
        StorageQuota quota = Quota(own: 2);
        foreach (string item in (string[])["a1", "a2", "b1", "a3"])
        {
            await StoreAsync(item, 1, quota);
        }

        held.Items.Select(item => item.Name).ShouldBe(["a2", "b1", "a3"]);
    }

    [Fact]
    public async Task Past_the_total_the_holder_with_the_most_loses()
    {
        StorageQuota quota = Quota(all: 4);
        foreach (string item in (string[])["b1", "a1", "a2", "a3", "c1", "d1"])
        {
            await StoreAsync(item, 1, quota);
        }

        held.Items.Select(item => item.Name).ShouldBe(["b1", "a3", "c1", "d1"]);
    }

    [Fact]
    public async Task Bytes_count_too()
    {
        StorageQuota quota = Quota(ownBytes: 10, allBytes: 15);
        await StoreAsync("a1", 6, quota);
        await StoreAsync("a2", 6, quota);
        held.Items.ShouldHaveSingleItem().Name.ShouldBe("a2");
        await StoreAsync("b1", 10, quota);
        held.Items.ShouldHaveSingleItem().Name.ShouldBe("b1");
        LimitException refused = await Should.ThrowAsync<LimitException>(() => StoreAsync("c1", 11, quota));
        (refused.Limit, refused.Message.Contains("11 bytes of things")).ShouldBe(("OwnBytes", true));
    }

    [Fact]
    public async Task A_holder_without_a_quota_loses_nothing_and_leaves_the_rest_to_others()
    {
        StorageQuota quota = Quota(own: 1, all: 3);
        await StoreAsync("*1", 1, quota, isLimited: false);
        await StoreAsync("*2", 1, quota, isLimited: false);
        await StoreAsync("a1", 1, quota);
        await StoreAsync("b1", 1, quota);
        held.Items.Select(item => item.Name).ShouldBe(["*1", "*2", "b1"]);
        await StoreAsync("*3", 1, quota, isLimited: false);
        held.Items.Select(item => item.Name).ShouldBe(["*1", "*2", "*3"]);
        (await Should.ThrowAsync<LimitException>(() => StoreAsync("a2", 1, quota))).Limit.ShouldBe("All");
    }

    [Fact]
    public async Task One_write_evicts_a_limited_number()
    {
        StorageQuota many = Quota(), few = Quota(own: 1);
        for (int i = 0; i < 1500; i++)
        {
            await StoreAsync($"a{i}", 1, many);
        }

        await StoreAsync("a", 1, few);
        held.Items.Count.ShouldBe(501);
        await StoreAsync("a", 1, few);
        held.Items.Count.ShouldBe(1);
    }

    private async Task StoreAsync(string name, long bytes, StorageQuota quota, bool isLimited = true)
    {
        var eviction = new Eviction(held, quota, isLimited);
        await eviction.RequireFitAsync(bytes);
        held.Items.Add((name, bytes));
        await eviction.RunAsync(name[..1]);
    }

    private static StorageQuota Quota(long own = 10_000, long ownBytes = 10_000, long all = 10_000, long allBytes = 10_000) => new(
        "things", new StorageLimit("Own", own), new StorageLimit("OwnBytes", ownBytes), new StorageLimit("All", all), new StorageLimit("AllBytes", allBytes));

    /// <summary>Items in memory, the oldest first; the first letter of a name is its holder, and * has no quota.</summary>
    private sealed class Held : IHoldings
    {
        public List<(string Name, long Bytes)> Items { get; } = [];

        public Task<Holding> OfAsync(string holder) => Task.FromResult(Sum(holder[0]));

        public Task<Holding> UnlimitedAsync() => Task.FromResult(Sum('*'));

        public Task<Holding> TotalAsync() => Task.FromResult(new Holding(Items.Count, Items.Sum(item => item.Bytes)));

        public Task<string?> LargestAsync(string newcomer, bool byCount) => Task.FromResult(Items
            .GroupBy(item => item.Name[..1])
            .Where(group => group.Key != "*" && (group.Key != newcomer || group.Count() > 1))
            .OrderByDescending(group => byCount ? group.Count() : group.Sum(item => item.Bytes))
            .Select(group => group.Key)
            .FirstOrDefault());

        // The last one is the one just stored.
        public Task<bool> EvictAsync(string holder)
        {
            int oldest = Items.FindIndex(item => item.Name[..1] == holder);
            if (oldest < 0 || oldest == Items.Count - 1)
            {
                return Task.FromResult(false);
            }

            Items.RemoveAt(oldest);
            return Task.FromResult(true);
        }

        private Holding Sum(char holder) => new(Items.Count(item => item.Name[0] == holder), Items.Where(item => item.Name[0] == holder).Sum(item => item.Bytes));
    }
}
