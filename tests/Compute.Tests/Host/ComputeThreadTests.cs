using Backprop.Compute.Host.Threading;
using Shouldly;

namespace Backprop.Compute.Tests.Host;

public class ComputeThreadTests
{
    // proc_pid_stat(5): the fields after the name of the thread, which may contain spaces, begin with the third.
    private const int NicenessField = 19 - 3, PolicyField = 41 - 3;
    private const int OtherPolicy = 0, IdlePolicy = 5;

    [Fact]
    public async Task A_thread_in_the_background_stays_behind_all_others_even_after_it_has_collected_garbage()
    {
        string[] stat = await StatAsync(ComputeThread.StartInBackground);

        if (OperatingSystem.IsLinux())
        {
            stat[PolicyField].ShouldBe($"{IdlePolicy}");
        }
    }

    [Fact]
    public async Task A_thread_that_a_request_waits_for_only_weighs_less_than_those_that_serve_connections()
    {
        string[] stat = await StatAsync(ComputeThread.Start);

        if (OperatingSystem.IsLinux())
        {
            stat[PolicyField].ShouldBe($"{OtherPolicy}");
            int.Parse(stat[NicenessField]).ShouldBeGreaterThanOrEqualTo(4);
        }
    }

    [Fact]
    public async Task Only_what_a_background_thread_computes_is_in_the_background()
    {
        (await OnThreadAsync(ComputeThread.StartInBackground, () => ComputeThread.IsBackground)).ShouldBeTrue();
        (await OnThreadAsync(ComputeThread.Start, () => ComputeThread.IsBackground)).ShouldBeFalse();
        ComputeThread.IsBackground.ShouldBeFalse();
    }

    [Fact]
    public async Task Work_in_the_background_has_threads_of_its_own()
    {
        ThreadTeam background = await OnThreadAsync(ComputeThread.StartInBackground, () => ThreadTeam.Current);

        background.ShouldNotBeSameAs(ThreadTeam.Current);
        background.ShouldBeSameAs(await OnThreadAsync(ComputeThread.StartInBackground, () => ThreadTeam.Current));
    }

    private static Task<string[]> StatAsync(Action<string, Action> start) => OnThreadAsync(start, () =>
    {
        GC.Collect();
        return OperatingSystem.IsLinux() ? File.ReadAllText("/proc/thread-self/stat").Split(") ")[^1].Split(' ') : [];
    });

    private static Task<T> OnThreadAsync<T>(Action<string, Action> start, Func<T> function)
    {
        var result = new TaskCompletionSource<T>();
        start("test", () => result.SetResult(function()));
        return result.Task;
    }
}
