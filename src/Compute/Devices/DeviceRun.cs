using Backprop.Compute.Devices.Memory;
using ILGPU;

namespace Backprop.Compute.Devices;

/// <summary>One run of a plan: its memory.</summary>
/// <param name="work">The working memory, whose first element is the fault flag.</param>
/// <param name="constants">The plan's constants and its table.</param>
/// <param name="cancellationToken">Ends the run early.</param>
internal sealed class DeviceRun(DeviceMemory work, DeviceMemory constants, CancellationToken cancellationToken)
{
    /// <summary>Ends the run early.</summary>
    public CancellationToken Cancellation { get; } = cancellationToken;

    /// <summary>The working memory.</summary>
    public DeviceMemory Work { get; } = work;

    /// <summary>The constants and the table.</summary>
    public DeviceMemory Constants { get; } = constants;

    /// <summary>The flag that a kernel raises if a value does not allow its operation.</summary>
    public ArrayView<long> Fault => Work.Int64.SubView(0, 1);

    /// <summary>The elements of a value.</summary>
    public ArrayView<T> View<T>(ValueLayout index)
        where T : unmanaged => (index.Constant ? Constants : Work).Bool.SubView(index.Offset, index.Bytes).Cast<T>();

    /// <summary>Numbers in the table.</summary>
    public ArrayView<long> Numbers(int row, int count) => Constants.Int64.SubView(row, count);
}
