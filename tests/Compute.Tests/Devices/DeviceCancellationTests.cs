using Backprop.Compute.Compilation;
using Backprop.Compute.Devices;
using Backprop.Compute.Engine;
using Backprop.Compute.Host;
using Backprop.Compute.Tests.Allocation;
using Backprop.Domain.Graphs;
using Backprop.Testing.Running;
using Shouldly;
using Xunit.Abstractions;

namespace Backprop.Compute.Tests.Devices;

/// <summary>A device stops within a second, whatever it computes, and a caller that waits for it can give up.</summary>
[Collection(AllocationGate.Alone)]
public class DeviceCancellationTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static TheoryData<string> Names => [.. DeviceWork.Names];

    [DeviceTheory(DeviceKind.IlgpuCpu)]
    [MemberData(nameof(Names))]
    public void The_emulated_device_ends_when_it_is_cancelled(string name) => Ends(name, DeviceKind.IlgpuCpu);

    [DeviceTheory(DeviceKind.OpenCl)]
    [MemberData(nameof(Names))]
    public void OpenCl_ends_when_it_is_cancelled(string name) => Ends(name, DeviceKind.OpenCl);

    [DeviceTheory(DeviceKind.IlgpuCpu)]
    [MemberData(nameof(Names))]
    public void Parts_do_not_show_in_the_results_of_the_emulated_device(string name) => Same(name, DeviceKind.IlgpuCpu);

    [DeviceTheory(DeviceKind.OpenCl)]
    [MemberData(nameof(Names))]
    public void Parts_do_not_show_in_the_results_of_OpenCl(string name) => Same(name, DeviceKind.OpenCl);

    [Fact]
    public async Task Waiting_for_a_device_can_be_cancelled_and_the_host_takes_over_what_nobody_asked_it_for()
    {
        ComputeDevice device = TestDevices.All.Find(DeviceKind.IlgpuCpu)!;
        using CancellationTokenSource busy = new(), waiting = new(TimeSpan.FromMilliseconds(50));
        (Plan product, Tensor[] values) = DeviceWork.Make("MatMul", DeviceWork.Heavy);
        Task running = Task.Run(() => device.Executor.Run(product, values, busy.Token));
        await Task.Delay(300);
        (Plan plan, Tensor[] inputs) = DeviceWork.Make("Add", 4);
        device.Executor.TryRun(plan, inputs, out _).ShouldBeFalse();
        Should.Throw<OperationCanceledException>(() => device.Executor.Run(plan, inputs, waiting.Token));
        var engine = new DerivativeEngine(new HostExecutor(new BufferPool(0)), new EngineLimits());
        var compiled = new CompiledQuery(plan, plan.Graph, [], [], [], null, new ChosenDevice(device, Automatic: true));
        engine.Execute(compiled, inputs, default)[0].Count.ShouldBe(4);
        running.IsCompleted.ShouldBeFalse();
        await busy.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(running.WaitAsync(10 * Patience));
    }

    private void Ends(string name, DeviceKind kind)
    {
        // The kernels are compiled beforehand.
        DeviceExecutor executor = TestDevices.Executor(kind);
        Run(name, DeviceWork.Light, executor, default);
        (Plan plan, Tensor[] inputs) = DeviceWork.Make(name, DeviceWork.Heavy);
        var latency = CancellationLatency.Measure(token => executor.Run(plan, inputs, token), TimeSpan.FromMilliseconds(100), Patience);
        output.WriteLine($"{name} on {kind}: {latency}");
        latency.Elapsed.ShouldBeLessThan(Patience);
    }

    private static void Same(string name, DeviceKind kind)
    {
        DeviceExecutor executor = TestDevices.Executor(kind);
        double seconds = executor.Pace.Seconds;
        try
        {
            executor.Pace.Seconds = 1e6;
            Tensor[] whole = Run(name, DeviceWork.Light, executor, default);
            executor.Pace.Seconds = 1e-3;
            Tensor[] parts = Run(name, DeviceWork.Light, executor, default);
            parts[0].Bytes().SequenceEqual(whole[0].Bytes()).ShouldBeTrue();
        }
        finally
        {
            executor.Pace.Seconds = seconds;
        }
    }

    private static Tensor[] Run(string name, int size, DeviceExecutor executor, CancellationToken cancellationToken)
    {
        (Plan plan, Tensor[] inputs) = DeviceWork.Make(name, size);
        return executor.Run(plan, inputs, cancellationToken);
    }
}
