using Backprop.Compute.Compilation.Loops;

namespace Backprop.Compute.Host.Loops;

/// <summary>Where the values of a group of loops lie, in bytes: what every pass over every tile asks, computed once.</summary>
internal sealed class LoopLayout
{
    private const int Alignment = 64;

    private readonly FusedLoop loop;
    private readonly long[] tileStarts;
    private readonly int[] totals;
    private readonly nint[] inputStrides;

    /// <summary>The layout of a group.</summary>
    public LoopLayout(FusedLoop loop)
    {
        this.loop = loop;
        Items = ((loop.Rows - 1) / loop.RowsOfItem) + 1;
        Parts = ((loop.Rows - 1) / loop.RowsOfTile) + 1;
        IsOneRun = loop.RowNest.Outer == 1;
        inputStrides = [.. loop.Inputs.Select((_, input) => (nint)loop.RowNest.InnerStride(input))];
        tileStarts = new long[loop.Tiles.Length];
        for (int tile = 0; tile < tileStarts.Length; tile++)
        {
            tileStarts[tile] = TileBytes;
            var at = new LoopPointer(MemoryLocation.Tile, tile, loop.Tiles[tile], loop.TileBytes[tile]);
            TileBytes += Aligned(loop.RowsOfTile * (long)RowBytes(at));
        }

        totals = new int[loop.Outputs.Length];
        for (int output = 0; output < totals.Length; output++)
        {
            totals[output] = Totals * Parts;
            Totals += loop.Outputs[output].Shape == OperandShape.Scalar ? 1 : 0;
        }
    }

    /// <summary>The items that can be taken independently.</summary>
    public int Items { get; }

    /// <summary>The tiles. Each has numbers of its own for the outputs that join all elements, so that it does not matter who does which.</summary>
    public int Parts { get; }

    /// <summary>The outputs that are one element, joined from one of each tile.</summary>
    public int Totals { get; }

    /// <summary>The memory of all tiles together.</summary>
    public long TileBytes { get; }

    /// <summary>Whether the rows of every input are equally far apart.</summary>
    public bool IsOneRun { get; }

    /// <summary>The rows from one on that are equally far apart for every input, up to a number.</summary>
    public int Run(int row, int most) => IsOneRun ? most : Math.Min(most, loop.RowNest.Inner - (row % loop.RowNest.Inner));

    /// <summary>Where a tile begins.</summary>
    public long TileStart(int tile) => tileStarts[tile];

    /// <summary>The place of an output's element for a tile among all such elements.</summary>
    public int Total(int output, int part) => totals[output] + part;

    /// <summary>From one row of an input to the next.</summary>
    public nint InputStride(LoopPointer at) => inputStrides[at.Index] * at.Bytes;

    /// <summary>From one row of a result or a tile to the next.</summary>
    public nint RowBytes(LoopPointer at)
    {
        nint bytes = at.Shape == OperandShape.Elementwise ? loop.Columns * at.Bytes : at.Bytes;

        // In a tile every row begins with a cache line: no vector lies across two.
        return at.Location == MemoryLocation.Tile && at.Shape == OperandShape.Elementwise ? (nint)Aligned(bytes) : bytes;
    }

    private static long Aligned(long bytes) => (bytes + Alignment - 1) & -Alignment;

    /// <summary>Where a row of an input begins, whatever its rows are like.</summary>
    public long InputStart(LoopPointer at, int row)
    {
        LoopNest nest = loop.RowNest;
        (int outer, int inner) = Math.DivRem(row, nest.Inner);
        long offset = inner * (long)inputStrides[at.Index];
        for (int axis = nest.Depth - 2; axis >= 0; axis--)
        {
            (outer, int index) = Math.DivRem(outer, nest.Extent(axis));
            offset += index * nest.Stride(at.Index, axis);
        }

        return offset * at.Bytes;
    }
}
