using System.Runtime.InteropServices;
using Backprop.Compute.Compilation.Loops;
using Backprop.Compute.Host.Gemm;
using Backprop.Compute.Host.Threading;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host.Loops;

/// <summary>One run of a group of loops: its memory is pinned, and threads take its items.</summary>
internal sealed unsafe class LoopRun
{
    // How the address of an element is found: needed for every tile, so it is a plain number.
    private const int Row = 0;
    private const int RowOfTile = 1;
    private const int Part = 2;
    private const int RowOfNest = 3;

    private readonly FusedLoop loop;
    private readonly LoopLayout layout;
    private readonly View[] views;
    private readonly GCHandle[] handles;
    private readonly nint[] bases;
    private readonly double work;
    private bool isHandedOn;
    private CancellationToken cancellationToken;
    private Tensor? partials;
    private GCHandle partialHandle;
    private readonly Port[][] ports;
    private nint partialBase;

    /// <summary>A run of a group; it can be reused after it has ended.</summary>
    public LoopRun(FusedLoop loop)
    {
        this.loop = loop;
        layout = new LoopLayout(loop);
        int count = loop.Inputs.Length + loop.Outputs.Length;
        (views, handles, bases) = (new View[count], new GCHandle[count], new nint[count]);
        ports = [.. loop.Passes.Select(pass => new Port[pass.Pointers.Length])];
        Epilogue = new Epilogue(loop.RowsOfTile * loop.Columns, TakeUp);
        work = loop.Count * (double)loop.Passes.Sum(pass => 1 + pass.Body.Steps.Length);
    }

    /// <summary>Processes the rows of a product as they are computed, between <see cref="Begin"/> and <see cref="Finish"/>.</summary>
    public Epilogue Epilogue { get; }

    /// <summary>Sets the memory of an input, or, with an index after those of the inputs, of an output.</summary>
    public void Set(int index, View view) => views[index] = view;

    /// <summary>Pins all memory; <see cref="End"/> must follow.</summary>
    /// <param name="pool">The source of the tiles' partial results.</param>
    /// <param name="cancellationToken">Checked before each pass over a tile.</param>
    public void Begin(BufferPool pool, CancellationToken cancellationToken)
    {
        this.cancellationToken = cancellationToken;
        Pin(pool);
        isHandedOn = false;
    }

    /// <summary>Runs all rows that no product has passed on, and combines the totals.</summary>
    /// <exception cref="GraphException">A gather index is out of range.</exception>
    public void Finish()
    {
        if (!isHandedOn)
        {
            Chunks.Each(layout.Items, work, cancellationToken, new ItemsOf(this));
        }

        if (partials is not null)
        {
            LoopTotals.Join(loop, layout, partials, views.AsSpan(loop.Inputs.Length));
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
            partials = pool.Rent(loop.DType, layout.Parts * layout.Totals);
            partialBase = Pinned(new View(partials), ref partialHandle);
        }

        for (int pass = 0; pass < ports.Length; pass++)
        {
            LoopPointer[] pointers = loop.Passes[pass].Pointers;
            for (int i = 0; i < pointers.Length; i++)
            {
                ports[pass][i] = PortOf(pointers[i]);
            }
        }
    }

    /// <summary>Releases all memory.</summary>
    public void End(BufferPool pool)
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
        cancellationToken = default;
    }

    // A product passes on all of its elements or none.
    private void TakeUp(int element, int count)
    {
        isHandedOn = true;
        int row = element / loop.Columns;
        Rows(row, Math.Min(((count - 1) / loop.Columns) + 1, loop.Rows - row));
    }

    private void Rows(int start, int rows)
    {
        byte* tiles = TileMemory.Of(layout.TileBytes);
        for (int done = 0; done < rows; done += loop.RowsOfTile)
        {
            Tile(start + done, Math.Min(loop.RowsOfTile, rows - done), tiles);
        }
    }

    private void Tile(int first, int count, byte* tiles)
    {
        int part = first / loop.RowsOfTile;
        if (partials is not null)
        {
            LoopTotals.Clear(loop, layout, partials, part);
        }

        for (int i = 0; i < loop.Inputs.Length; i++)
        {
            if (loop.Inputs[i].IndexOperand is not null)
            {
                GatherIndices.Read(loop, loop.Inputs[i], views[i], first, count, tiles + layout.TileStart(loop.Inputs[i].Tile));
            }
        }

        for (int pass = 0; pass < ports.Length; pass++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Run(loop.Passes[pass], ports[pass], first, count, tiles);
        }
    }

    private void Run(LoopPass pass, Port[] from, int first, int count, byte* tiles)
    {
        byte** pointers = stackalloc byte*[from.Length];
        nint* strides = stackalloc nint[from.Length];
        for (int row = first; row < first + count;)
        {
            int rows = pass.IsPerRow ? count : layout.Run(row, first + count - row);
            for (int i = 0; i < from.Length; i++)
            {
                Port port = from[i];
                strides[i] = port.Stride;
                pointers[i] = port.Origin switch
                {
                    Row => (byte*)port.Start + (row * port.Stride),
                    RowOfTile => tiles + port.Start + ((row - first) * port.Stride),
                    Part => (byte*)port.Start + (first / loop.RowsOfTile * pass.Pointers[i].Bytes),
                    _ => (byte*)port.Start + layout.InputStart(pass.Pointers[i], row),
                };
            }

            if (pass.IsPerRow)
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

    // If the elements were cut into stretches, the last one may be short.
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

    private Port PortOf(LoopPointer at) => at.Location switch
    {
        MemoryLocation.Operand => new Port(layout.IsOneRun ? Row : RowOfNest, bases[at.Index], layout.InputStride(at)),
        MemoryLocation.Tile => new Port(RowOfTile, (nint)layout.TileStart(at.Index), layout.RowBytes(at)),
        MemoryLocation.Result when at.Shape == OperandShape.Scalar => new Port(Part, partialBase + (layout.Total(at.Index, 0) * at.Bytes), 0),
        _ => new Port(Row, bases[loop.Inputs.Length + at.Index], layout.RowBytes(at)),
    };

    private readonly struct ItemsOf(LoopRun run) : IWork
    {
        public void Do(int item)
        {
            int start = item * run.loop.RowsOfItem;
            run.Rows(start, Math.Min(run.loop.RowsOfItem, run.loop.Rows - start));
        }
    }

    private readonly record struct Port(int Origin, nint Start, nint Stride);
}
