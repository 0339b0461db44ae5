using Backprop.Compute.Calibration;
using ILGPU;
using ILGPU.Runtime;

namespace Backprop.Compute.Devices;

/// <summary>A device other than the host. It is opened on first use; if that fails, it is not tried again.</summary>
public sealed class ComputeDevice : IDisposable
{
    // The memory size that an emulated accelerator reports is not a bound.
    private const long EmulatedBytes = 1L << 32;

    private readonly Context context;
    private readonly Lazy<DeviceExecutor> executor;
    private readonly Action<ComputeDevice, Exception> onFailure;
    private volatile bool failed;

    internal ComputeDevice(DeviceKind kind, Context context, Device device, DeviceOptions options, Action<ComputeDevice, Exception> onFailure)
    {
        this.context = context;
        this.onFailure = onFailure;
        (Kind, Name) = (kind, device.Name);
        MemoryBytes = kind == DeviceKind.IlgpuCpu ? EmulatedBytes : device.MemorySize;
        Processors = device.NumMultiprocessors;
        long limit = options.MemoryBytes > 0 ? options.MemoryBytes : MemoryBytes / 10 * 9;
        executor = new Lazy<DeviceExecutor>(() => new DeviceExecutor(device.CreateAccelerator(context), limit, options.Wait));
    }

    /// <summary>Its kind.</summary>
    public DeviceKind Kind { get; }

    /// <summary>Its name, as its vendor gives it.</summary>
    public string Name { get; }

    /// <summary>Its memory.</summary>
    public long MemoryBytes { get; }

    /// <summary>Its multiprocessors.</summary>
    public int Processors { get; }

    /// <summary>False if it could not be opened or failed a computation.</summary>
    public bool IsUsable => !failed;

    /// <summary>Its measured rates, or null before calibration.</summary>
    public MachineRates? Rates { get; internal set; }

    /// <summary>Runs plans on it.</summary>
    /// <exception cref="DeviceException">It cannot be opened.</exception>
    public DeviceExecutor Executor
    {
        get
        {
            try
            {
                return failed ? throw new DeviceException($"{Name} cannot be used: it failed before", null) : executor.Value;
            }
            catch (Exception exception) when (exception is not DeviceException)
            {
                Fail(exception);
                throw new DeviceException($"{Name} cannot be opened: {exception.Message}", exception);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (executor.IsValueCreated && !failed)
        {
            executor.Value.Dispose();
        }

        context.Dispose();
    }

    /// <summary>Excludes it from now on.</summary>
    internal void Fail(Exception exception)
    {
        failed = true;
        onFailure(this, exception);
    }
}
