using Backprop.Compute.Compilation;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host;

/// <summary>Counts the memory that one run actually takes: working memory and results, not what the caller or the plan owns.</summary>
public sealed class MemoryMeter
{
    private long bytes;

    /// <summary>The most bytes held at one time.</summary>
    public long HighestBytes { get; private set; }

    internal void Take(BufferKind kind, Tensor memory)
    {
        if (kind is BufferKind.Work or BufferKind.Result)
        {
            Take(Bytes(memory));
        }
    }

    internal void Take(long taken)
    {
        bytes += taken;
        HighestBytes = Math.Max(HighestBytes, bytes);
    }

    internal void GiveBack(Tensor memory) => bytes -= Bytes(memory);

    private static long Bytes(Tensor memory) => (long)memory.Count * memory.DType.Size();
}
