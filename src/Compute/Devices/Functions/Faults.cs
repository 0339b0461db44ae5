using ILGPU;

namespace Backprop.Compute.Devices.Functions;

/// <summary>
/// The flag by which a kernel reports that a value does not allow the operation. All threads that raise it write the same value, so it needs no
/// atomics.
/// </summary>
internal static class Faults
{
    /// <summary>Raises the flag.</summary>
    /// <returns>Zero, a value to continue with.</returns>
    public static long Raise(ArrayView<long> fault)
    {
        fault[0] = 1;
        return 0;
    }

    /// <summary>The class that a label denotes; if there is none, the flag is raised.</summary>
    public static long Class(long label, long classes, ArrayView<long> fault) => label >= 0 && label < classes ? label : Raise(fault);

    /// <summary>The position on an axis that an index denotes, negative ones counting from the end; out of range, the flag is raised.</summary>
    public static long Position(long index, long extent, ArrayView<long> fault)
    {
        long offset = index < 0 ? index + extent : index;
        return offset >= 0 && offset < extent ? offset : Raise(fault);
    }
}
