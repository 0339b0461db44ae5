using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Backprop.Compute.Host.Gemm.Microkernels;

/// <summary>Cache prefetch hints.</summary>
internal static unsafe class Cache
{
    private const int LineBytes = 64;

    /// <summary>Prefetches a block that is written after a long computation, so that the write need not wait for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Expect<T>(T* block, nint stride, int rows, int columns)
        where T : unmanaged
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        for (int row = 0; row < rows; row++)
        {
            byte* line = (byte*)(block + (row * stride));
            for (int at = 0; at < columns * sizeof(T); at += LineBytes)
            {
                Sse.Prefetch0(line + at);
            }
        }
    }
}
