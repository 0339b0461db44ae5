using System.Reflection;
using Backprop.Compute.Devices.Functions;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace Backprop.Compute.Devices;

/// <summary>The devices other than the host. Discovery never fails: without the libraries of a kind there are none of it.</summary>
public sealed class DeviceRegistry : IDisposable
{
    // Drivers are not safe for concurrent use while they are loading (PoCL 3.1 crashes the process).
    private static readonly Lock Loading = new();

    private readonly Lazy<IReadOnlyList<ComputeDevice>> devices;
    private readonly DeviceOptions options;
    private readonly Action<string, Exception> log;

    /// <summary>A registry; devices are discovered on first use.</summary>
    /// <param name="options">Which devices are used.</param>
    /// <param name="log">Receives failures.</param>
    public DeviceRegistry(DeviceOptions options, Action<string, Exception>? log = null)
    {
        this.options = options;
        this.log = log ?? ((_, _) => { });
        devices = new Lazy<IReadOnlyList<ComputeDevice>>(() => [.. Found()]);
    }

    /// <summary>All devices, including those that failed.</summary>
    public IReadOnlyList<ComputeDevice> Devices => devices.Value;

    /// <summary>The devices if they were discovered already; otherwise none, since drivers are loaded only when they are needed.</summary>
    public IReadOnlyList<ComputeDevice> Discovered => devices.IsValueCreated ? devices.Value : [];

    /// <summary>The first usable device of a kind, or null.</summary>
    public ComputeDevice? Find(DeviceKind kind) => Devices.FirstOrDefault(device => device.Kind == kind && device.IsUsable);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (devices.IsValueCreated)
        {
            foreach (ComputeDevice device in Devices)
            {
                device.Dispose();
            }
        }
    }

    private List<ComputeDevice> Found()
    {
        lock (Loading)
        {
            return Registered();
        }
    }

    private List<ComputeDevice> Registered()
    {
        var found = new List<ComputeDevice>();
        Add(found, DeviceKind.Cuda, AcceleratorType.Cuda, builder => builder.Cuda());
        Add(found, DeviceKind.OpenCl, AcceleratorType.OpenCL, builder => builder.OpenCL(Serves));

        // One group at a time, with as many threads as a matrix product needs.
        Add(found, DeviceKind.IlgpuCpu, AcceleratorType.CPU, builder => builder.CPU(new CPUDevice(4, 1, 1)));
        return found;
    }

    private void Add(List<ComputeDevice> found, DeviceKind kind, AcceleratorType type, Action<Context.Builder> register)
    {
        if (!options.Kinds.Contains(kind))
        {
            return;
        }

        try
        {
            // A context without registered devices creates an emulated one.
            Context first = Create(register);
            int count = first.Devices.Count(device => device.AcceleratorType == type);
            for (int i = 0; i < count; i++)
            {
                // Each has a context of its own, so that a compile error on one does not affect another.
                Context own = i == 0 ? first : Create(register);
                found.Add(new ComputeDevice(kind, own, own.Devices[i], options, (device, exception) =>
                    log($"{device.Kind} device {device.Name} is excluded", exception)));
            }

            if (count == 0)
            {
                first.Dispose();
            }
        }
        catch (Exception exception)
        {
            log($"no {kind} devices: {exception.Message}", exception);
        }
    }

    // Below O2, kernels would need the generic address space.
    private static Context Create(Action<Context.Builder> register) => Context.Create(builder =>
    {
        register(builder);
        builder.Optimize(OptimizationLevel.O2).Fusing();
    });

    private bool Serves(CLDevice device)
    {
        if (!device.Capabilities.GenericAddressSpace && options.AnyAddressSpace)
        {
            typeof(CLCapabilityContext).GetProperty(nameof(CLCapabilityContext.GenericAddressSpace))!
                .GetSetMethod(nonPublic: true)!.Invoke(device.Capabilities, BindingFlags.Default, null, [true], null);
        }

        return device.Capabilities.GenericAddressSpace && device.Capabilities.Float64;
    }
}
