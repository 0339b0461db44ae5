using Backprop.Compute.Host;
using Backprop.Compute.Tests.Allocation;
using Backprop.Domain.Graphs;
using Backprop.Testing.Running;
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
        var latency = CancellationLatency.Measure(token => HostExecutor.Evaluate(node, operands, token), Begun, Patience);
        output.WriteLine($"{name}: {latency}");
        latency.Elapsed.ShouldBeLessThan(Patience);
    }

    [Fact]
    public void Every_kernel_has_a_heavy_case() =>
        HostKernels.Table.Keys.Except(HeavyKernels.All.Select(heavy => heavy.Name.Split(' ')[0])).ShouldBeEmpty();
}
