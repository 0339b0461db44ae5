using Backprop.Domain.Graphs;

namespace Backprop.Compute.Compilation;

/// <summary>
/// The loops that visit a row-major result in order together with operands that are read at other strides (0 where an axis is broadcast). Axes over
/// which all operands have consistent strides are merged, so that the innermost loop is as long as possible.
/// </summary>
internal sealed class LoopNest
{
    private readonly List<int> extents = [];
    private readonly List<long>[] strides;

    /// <summary>The nest over <paramref name="shape"/> for operands with these element strides, one array per operand.</summary>
    public LoopNest(ReadOnlySpan<int> shape, params long[][] operandStrides)
    {
        strides = Array.ConvertAll(operandStrides, _ => new List<long>());
        for (int axis = 0; axis < shape.Length; axis++)
        {
            if (shape[axis] != 1)
            {
                Append(shape[axis], axis, operandStrides);
            }
        }

        if (extents.Count == 0)
        {
            extents.Add(1);
            Array.ForEach(strides, s => s.Add(0));
        }

        Inner = extents[^1];
        Outer = 1;
        for (int i = 0; i < extents.Count - 1; i++)
        {
            Outer *= extents[i];
        }
    }

    /// <summary>The elements of the innermost loop.</summary>
    public int Inner { get; }

    /// <summary>How often the innermost loop runs.</summary>
    public int Outer { get; }

    /// <summary>The number of loops.</summary>
    public int Depth => extents.Count;

    /// <summary>The stride at which the innermost loop reads an operand.</summary>
    public long InnerStride(int operand) => strides[operand][^1];

    /// <summary>The extent of a loop, outermost first.</summary>
    public int Extent(int loop) => extents[loop];

    /// <summary>The stride at which a loop reads an operand.</summary>
    public long Stride(int operand, int loop) => strides[operand][loop];

    /// <summary>The strides of an operand of this shape broadcast to <paramref name="rank"/> axes.</summary>
    public static long[] Broadcast(Shape shape, int rank)
    {
        var strides = new long[rank];
        long stride = 1;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            strides[rank - shape.Rank + axis] = shape[axis] == 1 ? 0 : stride;
            stride *= shape[axis];
        }

        return strides;
    }

    /// <summary>A cursor at the given run of the innermost loop.</summary>
    public Cursor At(int outer) => new(this, outer);

    private void Append(int extent, int axis, long[][] operandStrides)
    {
        bool merges = extents.Count > 0;
        for (int k = 0; k < strides.Length && merges; k++)
        {
            merges = strides[k][^1] == operandStrides[k][axis] * extent;
        }

        if (!merges)
        {
            extents.Add(1);
            Array.ForEach(strides, s => s.Add(0));
        }

        extents[^1] *= extent;
        for (int k = 0; k < strides.Length; k++)
        {
            strides[k][^1] = operandStrides[k][axis];
        }
    }

    /// <summary>Walks the runs of the innermost loop in order and tracks where each operand's run begins.</summary>
    public sealed class Cursor
    {
        private readonly LoopNest nest;
        private readonly int[] index;
        private readonly long[] offsets;

        internal Cursor(LoopNest nest, int outer)
        {
            this.nest = nest;
            index = new int[nest.extents.Count - 1];
            offsets = new long[nest.strides.Length];
            for (int i = index.Length - 1; i >= 0; i--)
            {
                index[i] = outer % nest.extents[i];
                outer /= nest.extents[i];
                Move(i, index[i]);
            }
        }

        /// <summary>The element at which the current run of an operand begins.</summary>
        public int this[int operand] => (int)offsets[operand];

        /// <summary>Moves to the next run.</summary>
        public void Next()
        {
            for (int i = index.Length - 1; i >= 0; i--)
            {
                Move(i, 1);
                if (++index[i] < nest.extents[i])
                {
                    return;
                }

                Move(i, -index[i]);
                index[i] = 0;
            }
        }

        private void Move(int loop, int by)
        {
            for (int k = 0; k < offsets.Length; k++)
            {
                offsets[k] += nest.strides[k][loop] * by;
            }
        }
    }
}
