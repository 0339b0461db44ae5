using System.Runtime.InteropServices;

namespace Backprop.Compute.Host.Loops;

/// <summary>
/// Each thread's memory for the tiles of the loops that it runs; it grows to the largest request and never moves while it is in use.
/// </summary>
internal sealed unsafe class TileMemory
{
    private const nuint Alignment = 64;

    [ThreadStatic]
    private static TileMemory? own;

    private byte* memory;
    private long length;

    ~TileMemory() => NativeMemory.AlignedFree(memory);

    /// <summary>At least the given number of bytes, of any contents, until the thread's next request.</summary>
    public static byte* Of(long bytes)
    {
        own ??= new TileMemory();
        return own.Grown(bytes);
    }

    private byte* Grown(long bytes)
    {
        if (bytes > length)
        {
            NativeMemory.AlignedFree(memory);
            length = 0;
            memory = (byte*)NativeMemory.AlignedAlloc((nuint)bytes, Alignment);
            length = bytes;
        }

        return memory;
    }
}
