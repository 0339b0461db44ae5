using Backprop.Compute.Calibration;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Compute.Devices;

/// <summary>The device that a plan is made for.</summary>
/// <param name="Device">The device.</param>
/// <param name="Automatic">Whether it was selected without being requested.</param>
public sealed record ChosenDevice(ComputeDevice Device, bool Automatic);

/// <summary>Selects the device for a graph: the requested one, or the fastest according to the calibration.</summary>
/// <param name="registry">The devices.</param>
/// <param name="host">Runs plans on the host, for its calibration.</param>
public sealed class DeviceSelection(DeviceRegistry registry, HostExecutor host)
{
    // Below this, transfers by themselves take longer than the computation on the host.
    private const double LeastWork = 1 << 18;

    // An estimate may be wrong, so a device must promise a clear gain over the host.
    private const double LeastGain = 1.25;

    private readonly TaskCompletionSource calibrationRequest = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile MachineRates? hostRates;

    /// <summary>The measured rates of the host, or null before calibration.</summary>
    public MachineRates? HostRates => hostRates;

    /// <summary>
    /// Completes when the rates of the devices are needed for the first time. Until they are measured, <c>auto</c> means the host. Drivers take much
    /// memory, so a service without large computations does not load them.
    /// </summary>
    public Task CalibrationRequest => calibrationRequest.Task;

    /// <summary>Completes <see cref="CalibrationRequest"/>.</summary>
    public void RequestCalibration() => calibrationRequest.TrySetResult();

    /// <summary>The device for a graph, null for the host.</summary>
    /// <param name="kind">The requested kind; null for the fastest.</param>
    /// <param name="graph">What is computed.</param>
    /// <exception cref="GraphException">There is no usable device of that kind.</exception>
    public ChosenDevice? For(DeviceKind? kind, Graph graph) => kind switch
    {
        null => Fastest(graph),
        DeviceKind.Host => null,
        { } asked => new ChosenDevice(registry.Find(asked) ?? throw Missing(asked), false),
    };

    /// <summary>Measures the host and the candidate devices; one that fails is excluded.</summary>
    public void Calibrate(CancellationToken cancellationToken)
    {
        ComputeDevice[] candidates = [.. registry.Devices.Where(device => device.Kind != DeviceKind.IlgpuCpu && device.IsUsable)];
        if (candidates.Length == 0)
        {
            return;
        }

        hostRates = MachineCalibration.Of((plan, inputs) => Array.ForEach(host.Run(plan, inputs, cancellationToken), host.Return));
        foreach (ComputeDevice device in candidates)
        {
            try
            {
                device.Rates = MachineCalibration.Of((plan, inputs) => device.Executor.Run(plan, inputs, cancellationToken));
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                device.Fail(exception);
            }
        }
    }

    private ChosenDevice? Fastest(Graph graph)
    {
        if (hostRates is null && calibrationRequest.Task.IsCompleted)
        {
            return null;
        }

        var work = Workload.Of(graph);
        if (work.Elements + work.Flops < LeastWork || graph.Nodes.Any(IsForHost))
        {
            return null;
        }

        if (hostRates is not { } known)
        {
            RequestCalibration();
            return null;
        }

        (ComputeDevice Device, double Seconds) best = registry.Devices
            .Where(device => device.IsUsable && device.Rates is not null)
            .Select(device => (device, work.Seconds(device.Rates!)))
            .DefaultIfEmpty((null!, double.PositiveInfinity))
            .MinBy(pair => pair.Item2);
        return best.Seconds * LeastGain < work.Seconds(known) && work.Bytes < best.Device.MemoryBytes / 2
            ? new ChosenDevice(best.Device, true) : null;
    }

    // A node without a kernel for devices would download its operands and upload its result.
    private static bool IsForHost(Node node) =>
        !node.IsLeaf() && !node.Op.IsAlias && !node.Op.IsFusible
            && !DeviceKernels.Table.ContainsKey(node.Op.Name);

    private GraphException Missing(DeviceKind asked)
    {
        string[] there = [Name(DeviceKind.Host), .. registry.Devices.Where(device => device.IsUsable).Select(device => Name(device.Kind)).Distinct()];
        return new GraphException("device", $"there is no {Name(asked)} device here; available: {string.Join(", ", there)}");
    }

    private static string Name(DeviceKind kind) => kind == DeviceKind.IlgpuCpu ? "ilgpuCpu" : kind.ToString().ToLowerInvariant();

    /// <summary>The work of a graph.</summary>
    private readonly record struct Workload(double Steps, double Elements, double Flops, double Transferred, double Bytes)
    {
        public static Workload Of(Graph graph)
        {
            var work = default(Workload);
            foreach (Node node in graph.Nodes)
            {
                double count = node.Type.Count;
                bool product = node.Op.IsContraction, step = !node.IsLeaf() && !node.Op.IsAlias;
                work = new Workload(
                    work.Steps + (step ? 1 : 0),
                    work.Elements + (step && !product ? Math.Max(count, node.Op.Flops(node)) : 0),
                    work.Flops + (product ? node.Op.Flops(node) : 0),
                    work.Transferred + (node.Op == Structure.Input ? Size(node) : 0),
                    work.Bytes + Size(node));
            }

            return work with { Transferred = work.Transferred + graph.Outputs.Sum(output => Size(output.Node)) };
        }

        public double Seconds(MachineRates rates) =>
            rates.TransferSeconds + (Steps * rates.LaunchSeconds) + (Transferred / rates.BytesPerSecond)
            + (Elements / rates.ElementsPerSecond) + (Flops / rates.FlopsPerSecond);

        private static double Size(Node node) => node.Type.Count * (double)node.DType.Size();
    }
}
