using System.Runtime.InteropServices;
using Backprop.Compute.Compilation.Loops;
using Backprop.Compute.Host.Threading;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host.Loops;

/// <summary>One run of a group of loops: its memory is held in place, and threads take its items.</summary>
internal sealed unsafe class LoopRun
{
    private readonly FusedLoop loop;
    private readonly LoopLayout layout;
    private readonly View[] views;
    private readonly GCHandle[] handles;
    private readonly nint[] bases;
    private readonly double work;
    private Tensor? partials;
    private GCHandle partialHandle;
    private nint partialBase;

    /// <summary>A run of a group; it can be used again after it has ended.</summary>
    public LoopRun(FusedLoop loop)
    {
        this.loop = loop;
        layout = new LoopLayout(loop);
        int count = loop.Inputs.Length + loop.Outputs.Length;
        (views, handles, bases) = (new View[count], new GCHandle[count], new nint[count]);
        work = loop.Count * (double)loop.Passes.Sum(pass => 1 + pass.Body.Steps.Length);
    }

    /// <summary>Names the memory of an input, or behind them of an output.</summary>
    public void Set(int index, View view) => views[index] = view;

    /// <summary>Runs all items and joins the totals.</summary>
    /// <param name="pool">Where the numbers of the items come from.</param>
    /// <param name="cancellation">Looked at between items.</param>
    /// <exception cref="GraphException">A row chooses a column that there is not.</exception>
    public void Run(BufferPool pool, CancellationToken cancellation)
    {
        try
        {
            Pin(pool);
            Chunks.Each(layout.Items, work, cancellation, new ItemsOf(this));
            if (partials is not null)
            {
                LoopTotals.Join(loop, layout, partials, views.AsSpan(loop.Inputs.Length));
            }
        }
        finally
        {
            Release(pool);
        }
    }

    private static nint Pinned(View view, ref GCHandle handle)
    {
        handle = GCHandle.Alloc(view.Memory.Storage, GCHandleType.Pinned);
        return handle.AddrOfPinnedObject() + ((nint)view.Offset * view.DType.Size());
    }

    private static void Free(ref GCHandle handle)
    {
        if (handle.IsAllocated)
        {
            handle.Free();
        }

        handle = default;
    }

    private void Pin(BufferPool pool)
    {
        for (int i = 0; i < views.Length; i++)
        {
            bases[i] = Pinned(views[i], ref handles[i]);
        }

        if (layout.Totals > 0)
        {
            partials = pool.Rent(loop.DType, layout.Items * layout.Totals);
            partialBase = Pinned(new View(partials), ref partialHandle);
        }
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

    private void Item(int item)
    {
        if (partials is not null)
        {
            LoopTotals.Clear(loop, layout, partials, item);
        }

        int rows = Math.Min(loop.RowsOfItem, loop.Rows - (item * loop.RowsOfItem));
        byte* tiles = TileMemory.Of(layout.TileBytes);
        for (int done = 0; done < rows; done += loop.RowsOfTile)
        {
            int first = (item * loop.RowsOfItem) + done, count = Math.Min(loop.RowsOfTile, rows - done);
            for (int i = 0; i < loop.Inputs.Length; i++)
            {
                if (loop.Inputs[i].Chooser is not null)
                {
                    LoopChoices.Read(loop, loop.Inputs[i], views[i], first, count, tiles + layout.TileStart(loop.Inputs[i].Tile));
                }
            }

            foreach (LoopPass pass in loop.Passes)
            {
                Run(pass, item, first, count, tiles);
            }
        }
    }

    private void Run(LoopPass pass, int item, int first, int count, byte* tiles)
    {
        int ports = pass.Pointers.Length;
        byte** pointers = stackalloc byte*[ports];
        nint* strides = stackalloc nint[ports];
        for (int row = first; row < first + count;)
        {
            int rows = pass.IsNarrow ? count : layout.Run(row, first + count - row);
            for (int i = 0; i < ports; i++)
            {
                pointers[i] = Pointer(pass.Pointers[i], item, row, row - first, tiles, out strides[i]);
            }

            if (pass.IsNarrow)
            {
                pass.Kernel(pointers, strides, 1, rows);
            }
            else
            {
                RunRows(pass, pointers, strides, row, rows);
            }

            row += rows;
        }
    }

    // Where the elements were cut into stretches the last one may be short.
    private void RunRows(LoopPass pass, byte** pointers, nint* strides, int row, int rows)
    {
        long beyond = ((row + rows) * (long)loop.Columns) - loop.Count;
        if (beyond <= 0)
        {
            pass.Kernel(pointers, strides, rows, loop.Columns);
            return;
        }

        if (rows > 1)
        {
            pass.Kernel(pointers, strides, rows - 1, loop.Columns);
            for (int i = 0; i < pass.Pointers.Length; i++)
            {
                pointers[i] += strides[i] * (rows - 1);
            }
        }

        pass.Kernel(pointers, strides, 1, loop.Columns - (nint)beyond);
    }

    private byte* Pointer(LoopPointer at, int item, int row, int rowOfTile, byte* tiles, out nint stride)
    {
        switch (at.Place)
        {
            case Place.Operand:
                stride = layout.InputStride(at);
                return (byte*)bases[at.Index] + layout.InputStart(at, row);
            case Place.Tile:
                stride = layout.RowBytes(at);
                return tiles + layout.TileStart(at.Index) + (rowOfTile * stride);
            case Place.Result when at.Extent == Extent.Single:
                stride = 0;
                return (byte*)partialBase + (layout.Total(at.Index, item) * at.Bytes);
            default:
                stride = layout.RowBytes(at);
                return (byte*)bases[loop.Inputs.Length + at.Index] + (row * stride);
        }
    }

    private readonly struct ItemsOf(LoopRun run) : IWork
    {
        public void Do(int item) => run.Item(item);
    }
}
