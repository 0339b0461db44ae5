using System.Runtime.InteropServices;
using Backprop.Compute.Compilation.Loops;
using Backprop.Compute.Host.Kernels;
using Backprop.Compute.Host.Threading;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host.Loops;

/// <summary>One run of a group of loops: its memory is held in place, and threads take its items.</summary>
internal sealed unsafe class LoopRun
{
    private readonly FusedLoop loop;
    private readonly View[] views;
    private readonly GCHandle[] handles;
    private readonly nint[] bases;
    private readonly double work;
    private GCHandle partialHandle;
    private Tensor? partials;
    private byte* partialMemory;

    /// <summary>A run of a group; it can be used again after it has ended.</summary>
    public LoopRun(FusedLoop loop)
    {
        this.loop = loop;
        int count = loop.Inputs.Length + loop.Outputs.Length;
        (views, handles, bases) = (new View[count], new GCHandle[count], new nint[count]);
        work = loop.Count * (double)loop.Passes.Sum(pass => 1 + pass.Body.Steps.Length);
        Totals = loop.Outputs.Count(output => output.Extent == Extent.Single);
        Items = ((loop.Rows - 1) / loop.RowsOfItem) + 1;
    }

    /// <summary>The items that can be taken independently.</summary>
    public int Items { get; }

    private int Totals { get; }

    private readonly struct ItemsOf(LoopRun run) : IWork
    {
        public void Do(int item) => run.Item(item);
    }

    /// <summary>Names the memory of an input, or behind them of an output.</summary>
    public void Set(int index, View view) => views[index] = view;

    /// <summary>Runs all items and joins the totals.</summary>
    public void Run(BufferPool pool, CancellationToken cancellation)
    {
        try
        {
            Pin(pool);
            Chunks.Each(Items, work, cancellation, new ItemsOf(this));
            JoinTotals();
        }
        finally
        {
            Release(pool);
        }
    }

    private void Pin(BufferPool pool)
    {
        for (int i = 0; i < views.Length; i++)
        {
            bases[i] = Pinned(views[i], ref handles[i]);
        }

        if (Totals > 0)
        {
            partials = pool.Rent(loop.DType, Items * Totals);
            var all = new View(partials);
            partialMemory = (byte*)Pinned(all, ref partialHandle);
        }
    }

    private static nint Pinned(View view, ref GCHandle handle)
    {
        handle = GCHandle.Alloc(view.Memory.Storage, GCHandleType.Pinned);
        return handle.AddrOfPinnedObject() + ((nint)view.Offset * view.DType.Size());
    }

    private void Release(BufferPool pool)
    {
        foreach (ref GCHandle handle in handles.AsSpan())
        {
            Free(ref handle);
        }

        Free(ref partialHandle);
        if (partials is not null)
        {
            pool.Return(partials);
            partials = null;
        }

        Array.Clear(views);
    }

    private static void Free(ref GCHandle handle)
    {
        if (handle.IsAllocated)
        {
            handle.Free();
            handle = default;
        }
    }

    private void Item(int item)
    {
        ClearTotals(item);
        int rows = Math.Min(loop.RowsOfItem, loop.Rows - (item * loop.RowsOfItem));
        byte* scratch = TileMemory.Of(BytesOfTiles());
        for (int done = 0; done < rows; done += loop.RowsOfTile)
        {
            int first = (item * loop.RowsOfItem) + done, count = Math.Min(loop.RowsOfTile, rows - done);
            ReadChoices(first, count, scratch);
            foreach (LoopPass pass in loop.Passes)
            {
                Run(pass, item, first, count, scratch);
            }
        }
    }

    private void Run(LoopPass pass, int item, int first, int count, byte* scratch)
    {
        int ports = pass.Pointers.Length;
        byte** pointers = stackalloc byte*[ports];
        nint* strides = stackalloc nint[ports];
        LoopNest nest = loop.RowNest;
        for (int row = first; row < first + count;)
        {
            // Rows of one run of the nest are as far apart as each other, for every input.
            int rows = pass.IsNarrow ? count : Math.Min(first + count - row, nest.Inner - (row % nest.Inner));
            for (int i = 0; i < ports; i++)
            {
                pointers[i] = Pointer(pass.Pointers[i], item, row, row - first, scratch, out strides[i]);
            }

            if (pass.IsNarrow)
            {
                pass.Kernel(pointers, strides, 1, rows);
            }
            else
            {
                RunRows(pass.Kernel, pointers, strides, row, rows);
            }

            row += rows;
        }
    }

    // Where the elements were cut into stretches the last one may be short.
    private void RunRows(LoopKernel kernel, byte** pointers, nint* strides, int row, int rows)
    {
        long beyond = ((row + rows) * (long)loop.Columns) - loop.Count;
        if (beyond <= 0)
        {
            kernel(pointers, strides, rows, loop.Columns);
            return;
        }

        if (rows > 1)
        {
            kernel(pointers, strides, rows - 1, loop.Columns);
            for (int i = 0; i < loop.Inputs.Length + loop.Outputs.Length; i++)
            {
                pointers[i] += strides[i] * (rows - 1);
            }
        }

        kernel(pointers, strides, 1, loop.Columns - (nint)beyond);
    }

    private byte* Pointer(LoopPointer at, int item, int row, int rowOfTile, byte* scratch, out nint stride)
    {
        switch (at.Place)
        {
            case Place.Operand:
                stride = (nint)loop.RowNest.InnerStride(at.Index) * at.Bytes;
                return (byte*)bases[at.Index] + (Offset(at.Index, row) * at.Bytes);
            case Place.Tile:
                stride = at.Extent == Extent.Wide ? loop.Columns * at.Bytes : at.Bytes;
                return scratch + TileStart(at.Index) + (rowOfTile * stride);
            case Place.Result when at.Extent == Extent.Single:
                stride = 0;
                return partialMemory + (Total(at.Index, item) * at.Bytes);
            default:
                stride = at.Extent == Extent.Wide ? loop.Columns * at.Bytes : at.Bytes;
                return (byte*)bases[loop.Inputs.Length + at.Index] + (row * stride);
        }
    }

    private long Offset(int input, int row)
    {
        LoopNest nest = loop.RowNest;
        (int outer, int inner) = Math.DivRem(row, nest.Inner);
        long offset = inner * nest.InnerStride(input);
        for (int axis = nest.Depth - 2; axis >= 0; axis--)
        {
            (outer, int index) = Math.DivRem(outer, nest.Extent(axis));
            offset += index * nest.Stride(input, axis);
        }

        return offset;
    }

    private long TileStart(int tile)
    {
        long start = 0;
        for (int i = 0; i < tile; i++)
        {
            start += BytesOfTile(i);
        }

        return start;
    }

    private long BytesOfTiles() => TileStart(loop.Tiles.Length);

    private long BytesOfTile(int tile)
    {
        long elements = loop.RowsOfTile * (loop.Tiles[tile] == Extent.Wide ? (long)loop.Columns : 1);
        return ((elements * loop.TileBytes[tile]) + 63) & -64;
    }

    private void ReadChoices(int first, int count, byte* scratch)
    {
        for (int i = 0; i < loop.Inputs.Length; i++)
        {
            if (loop.Inputs[i].Chooser is not { } node)
            {
                continue;
            }

            byte* to = scratch + TileStart(loop.Inputs[i].Tile);
            View chosen = views[i] with { Type = node.Inputs[1].Type };
            for (int row = 0; row < count; row++)
            {
                int column = Column(node, chosen, first + row);
                if (loop.DType == DType.Float32)
                {
                    ((float*)to)[row] = column;
                }
                else
                {
                    ((double*)to)[row] = column;
                }
            }
        }
    }

    private int Column(Node node, View chosen, int row)
    {
        try
        {
            return Positions.Resolve(chosen, chosen.Values<long>(), row, loop.Columns);
        }
        catch (KernelException exception)
        {
            throw HostExecutor.At(node, exception);
        }
    }

    private int Total(int output, int item)
    {
        int before = 0;
        for (int i = 0; i < output; i++)
        {
            before += loop.Outputs[i].Extent == Extent.Single ? 1 : 0;
        }

        return (before * Items) + item;
    }

    private void ClearTotals(int item)
    {
        for (int i = 0; i < loop.Outputs.Length; i++)
        {
            if (loop.Outputs[i].Extent == Extent.Single)
            {
                double identity = loop.Outputs[i].Fold switch { "Max" => double.NegativeInfinity, "Min" => double.PositiveInfinity, _ => 0 };
                if (loop.DType == DType.Float32)
                {
                    ((float*)partialMemory)[Total(i, item)] = (float)identity;
                }
                else
                {
                    ((double*)partialMemory)[Total(i, item)] = identity;
                }
            }
        }
    }

    private void JoinTotals()
    {
        for (int i = 0; i < loop.Outputs.Length; i++)
        {
            if (loop.Outputs[i].Extent != Extent.Single)
            {
                continue;
            }

            View total = views[loop.Inputs.Length + i];
            if (loop.DType == DType.Float32)
            {
                total.Values<float>()[0] = Joined<float>(i);
            }
            else
            {
                total.Values<double>()[0] = Joined<double>(i);
            }
        }
    }

    private T Joined<T>(int output)
        where T : unmanaged, System.Numerics.INumber<T>, System.Numerics.IMinMaxValue<T>
    {
        Reducer<T> reducer = loop.Outputs[output].Fold switch
        {
            "Max" => Reducers.Max(T.MinValue),
            "Min" => Reducers.Min(T.MaxValue),
            _ => Reducers.Sum<T>(),
        };
        return reducer.Row(partials!.Values<T>().Slice(Total(output, 0), Items));
    }
}
