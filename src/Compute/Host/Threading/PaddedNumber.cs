using System.Runtime.InteropServices;

namespace Backprop.Compute.Host.Threading;

/// <summary>A number in its own cache line, so that threads that write it do not slow down those that read its neighbours (false sharing).</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct PaddedNumber
{
    /// <summary>The number.</summary>
    [FieldOffset(64)]
    public long Value;
}
