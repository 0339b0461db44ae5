using System.Collections.Concurrent;
using Backprop.Compute.Host;
using Backprop.Compute.Host.Threading;
using Shouldly;

namespace Backprop.Compute.Tests.Host;

public class ThreadTeamTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Every_item_is_done_once(int others)
    {
        var team = new ThreadTeam(others);
        for (int items = 0; items < 200; items++)
        {
            var counts = new int[items];
            team.Run(new Counting(counts), items, team.Size, default);
            counts.ShouldAllBe(count => count == 1);
        }
    }

    [Fact]
    public void Threads_that_sleep_are_woken()
    {
        var team = new ThreadTeam(2);
        for (int round = 0; round < 3; round++)
        {
            Thread.Sleep(20);
            var threads = new ConcurrentDictionary<int, int>();
            while (threads.Count < 2)
            {
                team.Run(new ItemAction(_ => threads[Environment.CurrentManagedThreadId] = SpinFor(1000)), 50, 3, default);
            }
        }
    }

    [Fact]
    public void No_more_threads_than_asked_for()
    {
        int present = 0, most = 0;
        var team = new ThreadTeam(3);
        for (int round = 0; round < 100; round++)
        {
            team.Run(new ItemAction(_ =>
            {
                int now = Interlocked.Increment(ref present);
                most = Math.Max(Volatile.Read(ref most), now);
                SpinFor(200);
                Interlocked.Decrement(ref present);
            }), 8, 2, default);
        }

        most.ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public void An_item_waits_for_those_before_it()
    {
        var team = new ThreadTeam(3);
        for (int round = 0; round < 200; round++)
        {
            var sums = new long[64];
            team.RunPhased(new Doubling(sums), sums.Length, 4, default);
            sums[^1].ShouldBe((1L << 16) - 1);
        }
    }

    [Fact]
    public void The_first_failure_reaches_the_caller_and_the_team_goes_on()
    {
        // So many that the others cannot finish while the failing thread is delayed.
        const int Items = 1_000_000_000;
        var team = new ThreadTeam(2);
        for (int round = 0; round < 50; round++)
        {
            int begun = 0;
            var thrown = Should.Throw<InvalidOperationException>(() => team.Run(new ItemAction(item =>
            {
                Interlocked.Increment(ref begun);
                FailAt(7, item);
            }), Items, 3, default));
            thrown.Message.ShouldBe("item 7");
            thrown.StackTrace!.ShouldContain(nameof(FailAt));
            begun.ShouldBeLessThan(Items);
        }

        Every_item_is_done_once(2);
    }

    [Fact]
    public void A_failure_frees_those_who_wait_for_the_item()
    {
        var team = new ThreadTeam(3);
        Should.Throw<InvalidOperationException>(() => team.RunPhased(new FailingPhase(), 16, 4, default)).Message.ShouldBe("item 0");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Cancellation_ends_the_work_between_items(int threads)
    {
        using var source = new CancellationTokenSource();
        int begun = 0;
        Should.Throw<OperationCanceledException>(() => new ThreadTeam(2).Run(new ItemAction(_ =>
        {
            Interlocked.Increment(ref begun);
            source.Cancel();
        }), 1000, threads, source.Token));
        begun.ShouldBeLessThanOrEqualTo(threads);
    }

    [Fact]
    public void Work_inside_work_is_done_by_its_own_thread()
    {
        var team = new ThreadTeam(2);
        var counts = new int[8 * 100];
        team.Run(new ItemAction(item =>
        {
            int thread = Environment.CurrentManagedThreadId;
            team.Run(new ItemAction(inner =>
            {
                Environment.CurrentManagedThreadId.ShouldBe(thread);
                counts[(item * 100) + inner]++;
            }), 100, 3, default);
        }), 8, 3, default);
        counts.ShouldAllBe(count => count == 1);
    }

    [Fact]
    public void Many_callers_at_the_same_time()
    {
        var team = new ThreadTeam(2);
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            var counts = new int[100];
            team.Run(new Counting(counts), counts.Length, 3, default);
            counts.ShouldAllBe(count => count == 1);
        });
    }

    [Fact]
    public void Starting_a_work_allocates_nothing()
    {
        var team = new ThreadTeam(1);
        var counts = new int[64];
        Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            Run();
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        counts.ShouldAllBe(count => count == 1001);

        void Run() => team.Run(new Counting(counts), counts.Length, 2, default);
    }

    [Fact]
    public void Chunks_lie_at_the_same_places_and_allocate_nothing()
    {
        const int Count = (3 * Chunks.Length) + 5;
        var marks = new byte[Count];
        Chunks.For(Count, default, new Marking(marks));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Chunks.For(Count, default, new Marking(marks));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        for (int i = 0; i < Count; i++)
        {
            marks[i].ShouldBe((byte)(i % Chunks.Length == 0 ? 12 : 2));
        }
    }

    private static int SpinFor(int iterations)
    {
        Thread.SpinWait(iterations);
        return iterations;
    }

    private static void FailAt(int failing, int item)
    {
        if (item == failing)
        {
            throw new InvalidOperationException($"item {item}");
        }
    }

    private readonly struct ItemAction(Action<int> action) : IWork
    {
        public void Do(int item) => action(item);
    }

    private readonly struct Counting(int[] counts) : IWork
    {
        public void Do(int item) => Interlocked.Increment(ref counts[item]);
    }

    private readonly struct Marking(byte[] marks) : IRangeWork
    {
        public void Do(int start, int count)
        {
            marks[start] += 5;
            for (int i = start; i < start + count; i++)
            {
                marks[i]++;
            }
        }
    }

    /// <summary>Phases of four items: each item sums the whole previous phase.</summary>
    private readonly struct Doubling(long[] sums) : IPhasedWork
    {
        public int Before(int item) => item / 4 * 4;

        public void Do(int item)
        {
            int phase = Before(item);
            sums[item] = 1;
            for (int i = Math.Max(phase - 4, 0); i < phase; i++)
            {
                sums[item] += i % 2 == 0 ? sums[i] : 0;
            }
        }
    }

    private readonly struct FailingPhase : IPhasedWork
    {
        public int Before(int item) => item;

        public void Do(int item) => FailAt(0, item);
    }
}
