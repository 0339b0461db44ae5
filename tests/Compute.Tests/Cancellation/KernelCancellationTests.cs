using System.Diagnostics;
using Backprop.Compute.Host;
using Backprop.Compute.Tests.Allocation;
using Backprop.Domain.Graphs;
using Shouldly;
using Xunit.Abstractions;

namespace Backprop.Compute.Tests.Cancellation;

/// <summary>Every kernel of the host stops within a second, and all threads with it, whatever it computes.</summary>
[Collection(AllocationGate.Alone)]
public class KernelCancellationTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Begun = TimeSpan.FromMilliseconds(50);

    public static TheoryData<string> Cases => [.. HeavyKernels.All.Select(heavy => heavy.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_kernel_ends_when_it_is_cancelled(string name)
    {
        (Node node, Tensor[] operands) = HeavyKernels.All.First(heavy => heavy.Name == name).Make();
        using var source = new CancellationTokenSource();
        long cancelled = 0;
        using var timer = new Timer(_ =>
        {
            Volatile.Write(ref cancelled, Stopwatch.GetTimestamp());
            source.Cancel();
        });
        timer.Change(Begun, Timeout.InfiniteTimeSpan);
        long start = Stopwatch.GetTimestamp();
        bool finished = Finishes(node, operands, source.Token);
        TimeSpan whole = Stopwatch.GetElapsedTime(start);
        TimeSpan late = finished ? TimeSpan.Zero : Stopwatch.GetElapsedTime(Volatile.Read(ref cancelled));
        output.WriteLine(finished ? $"{name}: finished in {whole.TotalMilliseconds:0} ms" : $"{name}: ended {late.TotalMilliseconds:0.0} ms after it was cancelled");
        late.ShouldBeLessThan(Patience);
        (whole - late).ShouldBeLessThan(Patience);
    }

    [Fact]
    public void Every_kernel_has_a_heavy_case() =>
        HostKernels.Table.Keys.Except(HeavyKernels.All.Select(heavy => heavy.Name.Split(' ')[0])).ShouldBeEmpty();

    private static bool Finishes(Node node, Tensor[] operands, CancellationToken cancellationToken)
    {
        try
        {
            HostExecutor.Evaluate(node, operands, cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
