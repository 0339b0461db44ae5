using ILGPU;
using ILGPU.Runtime;

namespace Backprop.Compute.Devices.Memory;

/// <summary>The memory of a device: that of runs, kept between them, and that of plans. Used by one thread at a time.</summary>
/// <param name="accelerator">The device.</param>
/// <param name="limit">The most bytes that it takes in total.</param>
internal sealed class DeviceMemoryPool(Accelerator accelerator, long limit)
{
    /// <summary>The configuration key of the limit.</summary>
    public const string Key = "Compute:DeviceMemoryBytes";

    private readonly List<MemoryBuffer1D<byte, Stride1D.Dense>> idle = [];

    // A buffer that is reachable from here is not finalized together with the plan that holds it, which would free it twice, and on another thread.
    private readonly HashSet<MemoryBuffer> taken = [];

    /// <summary>The most bytes that it takes.</summary>
    public long Limit => limit;

    /// <summary>The bytes in use at the moment, including those kept between runs.</summary>
    public long TakenBytes { get; private set; }

    /// <summary>Memory of at least this many bytes, with any contents.</summary>
    /// <exception cref="DeviceMemoryException">There is not enough memory.</exception>
    public MemoryBuffer1D<byte, Stride1D.Dense> Rent(long bytes)
    {
        // Not much larger than needed, so that a small run does not hold the memory of a large one.
        int found = idle.FindIndex(buffer => buffer.Length >= bytes && buffer.Length / 4 <= bytes);
        if (found >= 0)
        {
            MemoryBuffer1D<byte, Stride1D.Dense> buffer = idle[found];
            idle.RemoveAt(found);
            return buffer;
        }

        return Allocate(bytes);
    }

    /// <summary>Takes back memory that <see cref="Rent"/> returned.</summary>
    public void Return(MemoryBuffer1D<byte, Stride1D.Dense> buffer) => idle.Add(buffer);

    /// <summary>New memory; idle memory is freed if it would not fit otherwise.</summary>
    /// <exception cref="DeviceMemoryException">There is not enough memory.</exception>
    public MemoryBuffer1D<byte, Stride1D.Dense> Allocate(long bytes)
    {
        bytes = PlanLayout.Aligned(Math.Max(bytes, 1));
        if (bytes > limit - TakenBytes)
        {
            Trim();
        }

        if (bytes > limit - TakenBytes)
        {
            throw new DeviceMemoryException(bytes, limit, TakenBytes);
        }

        MemoryBuffer1D<byte, Stride1D.Dense> buffer = TryAllocate(bytes) ?? throw new DeviceMemoryException(bytes, limit, TakenBytes);
        TakenBytes += buffer.Length;
        taken.Add(buffer);
        return buffer;
    }

    /// <summary>Frees memory.</summary>
    public void Free(MemoryBuffer buffer)
    {
        TakenBytes -= buffer.LengthInBytes;
        taken.Remove(buffer);
        buffer.Dispose();
    }

    /// <summary>Frees idle memory.</summary>
    public void Trim()
    {
        idle.ForEach(Free);
        idle.Clear();
    }

    private MemoryBuffer1D<byte, Stride1D.Dense>? TryAllocate(long bytes)
    {
        try
        {
            return accelerator.Allocate1D<byte>(bytes);
        }
        catch (Exception exception) when (exception is AcceleratorException or OutOfMemoryException)
        {
            Trim();
        }

        try
        {
            return accelerator.Allocate1D<byte>(bytes);
        }
        catch (Exception exception) when (exception is AcceleratorException or OutOfMemoryException)
        {
            return null;
        }
    }
}
