using System.Runtime.InteropServices;

namespace Backprop.Compute.Host.Threading;

/// <summary>A number in a cache line of its own, so that threads that write it do not hold up those that read its neighbours.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct PaddedNumber
{
    /// <summary>The number.</summary>
    [FieldOffset(64)]
    public long Value;
}
