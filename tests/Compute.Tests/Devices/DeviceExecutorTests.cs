using Backprop.Compute.Compilation;
using Backprop.Compute.Devices;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Shouldly;

namespace Backprop.Compute.Tests.Devices;

/// <summary>How devices handle plans and values that do not fit.</summary>
public class DeviceExecutorTests
{
    private const DeviceKind Emulated = DeviceKind.IlgpuCpu;

    [Fact]
    public void Too_little_memory_is_a_limit_and_small_plans_go_on()
    {
        using var registry = new DeviceRegistry(new DeviceOptions { Kinds = [Emulated], MemoryBytes = 1 << 16 });
        DeviceExecutor executor = registry.Find(Emulated)!.Executor;
        var error = Should.Throw<LimitException>(() => Double(executor, 1 << 14));
        error.Limit.ShouldBe("Compute:DeviceMemoryBytes");
        error.Value.ShouldBe(1 << 16);
        Double(executor, 16)[0].ShouldBe(1);
        executor.TakenBytes.ShouldBeLessThanOrEqualTo(1 << 16);
    }

    [Fact]
    public void Memory_is_used_again()
    {
        using var registry = new DeviceRegistry(new DeviceOptions { Kinds = [Emulated] });
        DeviceExecutor executor = registry.Find(Emulated)!.Executor;
        Plan plan = Doubling(1 << 10);
        Tensor[] inputs = [Tensor.Filled(plan.Graph.Inputs[0].Type, 0.5)];
        executor.Run(plan, inputs);
        long taken = executor.TakenBytes;
        for (int i = 0; i < 10; i++)
        {
            executor.Run(plan, inputs);
        }

        executor.TakenBytes.ShouldBe(taken);
    }

    [Fact]
    public void The_memory_of_plans_that_nobody_has_any_more_is_freed()
    {
        using var registry = new DeviceRegistry(new DeviceOptions { Kinds = [Emulated] });
        DeviceExecutor executor = registry.Find(Emulated)!.Executor;
        Double(executor, 16);
        long taken = executor.TakenBytes;
        for (int i = 0; i < 20; i++)
        {
            Double(executor, 16);
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        Double(executor, 16);
        executor.TakenBytes.ShouldBeLessThan(taken * 5);
    }

    [Fact]
    public void An_index_out_of_range_is_told_as_on_the_host()
    {
        var b = new GraphBuilder();
        Node data = b.Input("data", Nodes.F64(3)), indices = b.Input("indices", Nodes.I64(2));
        var graph = new Graph([data, indices], [new NamedNode("y", b.Gather(data, indices, 0))]);
        Tensor[] inputs = [Tensor.Vector(1.0, 2.0, 3.0), Tensor.Vector(1L, 3L)];
        SameError(graph, inputs).ShouldContain("index 3 at position [1]");
    }

    [Fact]
    public void An_integer_division_by_zero_is_told_as_on_the_host()
    {
        var b = new GraphBuilder();
        Node x = b.Input("x", Nodes.I64(2)), y = b.Input("y", Nodes.I64(2));
        var graph = new Graph([x, y], [new NamedNode("q", b.Div(x, y))]);
        SameError(graph, [Tensor.Vector(1L, 2L), Tensor.Vector(1L, 0L)]).ShouldContain("division by zero");
    }

    [Fact]
    public void A_cancelled_run_ends()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Plan plan = Doubling(16);
        Should.Throw<OperationCanceledException>(() => TestDevices.Executor(Emulated).Run(plan, [Tensor.Filled(plan.Graph.Inputs[0].Type, 1)], source.Token));
    }

    [Fact]
    public void The_memory_of_a_run_is_metered()
    {
        Plan plan = Doubling(1 << 10);
        var meter = new MemoryMeter();
        TestDevices.Executor(Emulated).Run(plan, [Tensor.Filled(plan.Graph.Inputs[0].Type, 1)], default, meter);
        meter.HighestBytes.ShouldBe(plan.PeakBytes);
    }

    [Fact]
    public void A_device_that_is_not_there_is_named_with_those_that_are()
    {
        using var registry = new DeviceRegistry(new DeviceOptions { Kinds = [Emulated] });
        var selection = new DeviceSelection(registry, new HostExecutor(new BufferPool(0)));
        var error = Should.Throw<GraphException>(() => selection.For(DeviceKind.Cuda, Doubling(1).Graph));
        error.Path.ShouldBe("device");
        error.Message.ShouldBe("there is no cuda device here; available: host, ilgpuCpu");
    }

    [Fact]
    public void The_emulated_device_is_never_chosen()
    {
        using var registry = new DeviceRegistry(new DeviceOptions { Kinds = [Emulated] });
        var selection = new DeviceSelection(registry, new HostExecutor(new BufferPool(0)));
        selection.Calibrate(default);
        selection.For(null, Doubling(1 << 20).Graph).ShouldBeNull();
    }

    [Fact]
    public void Drivers_are_loaded_when_a_computation_may_gain_from_a_device()
    {
        using var registry = new DeviceRegistry(new DeviceOptions { Kinds = [Emulated] });
        var selection = new DeviceSelection(registry, new HostExecutor(new BufferPool(0)));
        selection.For(null, Doubling(1).Graph).ShouldBeNull();
        selection.For(DeviceKind.Host, Doubling(1 << 20).Graph).ShouldBeNull();
        selection.CalibrationRequest.IsCompleted.ShouldBeFalse();
        selection.For(null, Doubling(1 << 20).Graph).ShouldBeNull();
        selection.CalibrationRequest.IsCompleted.ShouldBeTrue();
        registry.Discovered.ShouldBeEmpty();
        registry.Devices.ShouldHaveSingleItem();
        registry.Discovered.ShouldBe(registry.Devices);
    }

    [Fact]
    public void Every_primitive_of_the_host_is_one_of_devices_but_for_factorizations_and_special_functions() =>
        HostKernels.Table.Keys.Where(name => !Nodes.Primitives[name].IsFusible).Except(DeviceKernels.Table.Keys).ShouldBe(
            ["NormGrad", "Solve", "TriangularSolve", "LogAbsDet", "DetSign", "Cholesky", "Eigvalsh", "Svdvals", "PackedQR", "PackedEigh", "PackedSVD", "Pinv", "Expm", "Erfinv", "Erfcinv", "Erfcx", "Gamma", "BesselI"], ignoreOrder: true);

    private static string SameError(Graph graph, Tensor[] inputs)
    {
        Plan plan = Plan.Compile(graph, PlanTarget.Device);
        var host = Should.Throw<GraphException>(() => new HostExecutor(new BufferPool(0)).Run(plan, inputs));
        var device = Should.Throw<GraphException>(() => TestDevices.Executor(Emulated).Run(plan, inputs));
        device.Message.ShouldBe(host.Message);
        return device.Message;
    }

    private static Tensor Double(DeviceExecutor executor, int count)
    {
        Plan plan = Doubling(count);
        return executor.Run(plan, [Tensor.Filled(plan.Graph.Inputs[0].Type, 0.5)])[0];
    }

    private static Plan Doubling(int count)
    {
        var b = new GraphBuilder();
        Node x = b.Input("x", Nodes.F64(count));
        return Plan.Compile(new Graph([x], [new NamedNode("y", b.Add(x, x))]), PlanTarget.Device);
    }
}
