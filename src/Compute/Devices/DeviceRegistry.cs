using System.Reflection;
using Backprop.Compute.Devices.Functions;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace Backprop.Compute.Devices;

/// <summary>The devices beside the host. Looking for them never fails: without the libraries of a kind there is none of it.</summary>
public sealed class DeviceRegistry : IDisposable
{
    // Drivers are not safe for concurrent use while they are loaded (PoCL 3.1 crashes the process).
    private static readonly Lock Loading = new();

    private readonly Lazy<IReadOnlyList<ComputeDevice>> devices;
    private readonly DeviceOptions options;
    private readonly Action<string, Exception> log;

    /// <summary>A registry; devices are looked for when they are asked for.</summary>
    /// <param name="options">Which are used.</param>
    /// <param name="log">Hears of what fails.</param>
    public DeviceRegistry(DeviceOptions options, Action<string, Exception>? log = null)
    {
        this.options = options;
        this.log = log ?? ((_, _) => { });
        devices = new Lazy<IReadOnlyList<ComputeDevice>>(() => [.. Found()]);
    }

    /// <summary>All of them, those that failed too.</summary>
    public IReadOnlyList<ComputeDevice> Devices => devices.Value;

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

        // One group at a time, of as many threads as a product of matrices needs.
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
            // A context in which nothing was registered makes up an emulated device.
            Context first = Create(register);
            int count = first.Devices.Count(device => device.AcceleratorType == type);
            for (int i = 0; i < count; i++)
            {
                // Each has a context of its own, so that what one cannot compile does not disturb another.
                Context own = i == 0 ? first : Create(register);
                found.Add(new ComputeDevice(kind, own, own.Devices[i], options, (device, exception) =>
                    log($"{device.Kind} device {device.Name} is left out", exception)));
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

    // Below O2 kernels would need the generic address space.
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
