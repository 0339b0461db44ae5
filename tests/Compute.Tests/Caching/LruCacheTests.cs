using Backprop.Compute.Caching;
using Shouldly;

namespace Backprop.Compute.Tests.Caching;

public class LruCacheTests
{
    private readonly LruCache<string> cache = new(3, 10);

    [Fact]
    public void What_was_used_last_comes_first()
    {
        cache.Put("a", "A", 1);
        cache.Put("b", "B", 1);
        cache.Put("c", "C", 1);
        cache.Find("a").ShouldBe("A");
        cache.Recent.ShouldBe(["A", "C", "B"]);
        cache.Put("d", "D", 1);
        cache.Recent.ShouldBe(["D", "A", "C"]);
        cache.Find("b").ShouldBeNull();
    }

    [Fact]
    public void A_value_replaces_the_one_under_its_key()
    {
        cache.Put("a", "old", 7);
        cache.Put("a", "new", 4);
        (cache.Find("a"), cache.Count, cache.HeldBytes).ShouldBe(("new", 1, 4));
    }

    [Fact]
    public void Bytes_are_bounded()
    {
        cache.Put("a", "A", 6);
        cache.Put("b", "B", 4);
        cache.Put("c", "C", 5);
        cache.Recent.ShouldBe(["C", "B"]);
        cache.Put("giant", "G", 11);
        (cache.Count, cache.HeldBytes).ShouldBe((2, 9));
    }

    [Fact]
    public void A_size_that_is_known_late_counts_only_for_its_own_value()
    {
        string late = "late";
        cache.Add("a", late);
        cache.HeldBytes.ShouldBe(0);
        cache.Remove("a", late);
        cache.Put("a", "next", 2);
        cache.Resize("a", late, 9);
        cache.Remove("a", late);
        (cache.Find("a"), cache.HeldBytes).ShouldBe(("next", 2));
        cache.Resize("a", "next", 11);
        (cache.Count, cache.HeldBytes).ShouldBe((0, 0));
    }
}
