using System.Numerics;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Compilation;

/// <summary>
/// Allocates and frees slots of working memory. Slots are reused within an element type and a size class (four classes per octave, so at most a
/// quarter is wasted). Small values share buffers, large ones have one each.
/// </summary>
internal sealed class SlotAllocator(List<PlannedBuffer> buffers)
{
    private const int SmallLength = 1 << 10;
    private const int SharedLength = 1 << 16;

    private readonly Dictionary<(DType DType, int Length), Stack<Slot>> free = [];
    private readonly int[] shared = [-1, -1, -1, -1];

    public Slot Take(TensorType type)
    {
        int length = ClassLength((int)type.Count);
        if (free.TryGetValue((type.DType, length), out Stack<Slot>? slots) && slots.TryPop(out Slot slot))
        {
            return slot;
        }

        return length <= SmallLength ? TakeShared(type.DType, length) : Open(type.DType, length);
    }

    public void Give(TensorType type, Slot slot)
    {
        var key = (type.DType, ClassLength((int)type.Count));
        if (!free.TryGetValue(key, out Stack<Slot>? slots))
        {
            free[key] = slots = [];
        }

        slots.Push(slot);
    }

    /// <summary>The least length of the form m·2^k, 4 ≤ m ≤ 7, that is at least <paramref name="count"/>.</summary>
    internal static int ClassLength(int count)
    {
        if (count <= 8)
        {
            return Math.Max(count, 1);
        }

        int shift = BitOperations.Log2((uint)count - 1) - 2;
        long length = ((((long)count - 1) >> shift) + 1) << shift;
        return (int)Math.Min(length, Array.MaxLength);
    }

    private Slot TakeShared(DType dtype, int length)
    {
        int open = shared[(int)dtype];
        if (open < 0 || buffers[open].Length + length > SharedLength)
        {
            shared[(int)dtype] = open = Open(dtype, 0).Buffer;
        }

        PlannedBuffer buffer = buffers[open];
        buffers[open] = buffer with { Length = buffer.Length + length };
        return new Slot(open, buffer.Length);
    }

    private Slot Open(DType dtype, int length)
    {
        buffers.Add(new PlannedBuffer(BufferKind.Work, -1, dtype, length));
        return new Slot(buffers.Count - 1, 0);
    }
}
