using Backprop.Compute.Compilation;
using Backprop.Compute.Compilation.Loops;

namespace Backprop.Compute.Host.Loops;

/// <summary>The byte offsets of the values of a group of loops, computed once for all passes and tiles.</summary>
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

    /// <summary>The number of independent items.</summary>
    public int Items { get; }

    /// <summary>
    /// The number of tiles. Each has its own partial results for the outputs that reduce all elements, so it does not matter which thread does which
    /// tile.
    /// </summary>
    public int Parts { get; }

    /// <summary>The number of outputs of one element, combined from one element per tile.</summary>
    public int Totals { get; }

    /// <summary>The bytes of all tiles together.</summary>
    public long TileBytes { get; }

    /// <summary>Whether the rows of every input are equally spaced.</summary>
    public bool IsOneRun { get; }

    /// <summary>How many rows, from the given one on and up to a maximum, are equally spaced for every input.</summary>
    public int Run(int row, int most) => IsOneRun ? most : Math.Min(most, loop.RowNest.Inner - (row % loop.RowNest.Inner));

    /// <summary>Where a tile begins.</summary>
    public long TileStart(int tile) => tileStarts[tile];

    /// <summary>The index of an output's element for a tile among all such elements.</summary>
    public int Total(int output, int part) => totals[output] + part;

    /// <summary>The bytes from one row of an input to the next.</summary>
    public nint InputStride(LoopPointer at) => inputStrides[at.Index] * at.Bytes;

    /// <summary>The bytes from one row of a result or a tile to the next.</summary>
    public nint RowBytes(LoopPointer at)
    {
        nint bytes = at.Shape == OperandShape.Elementwise ? loop.Columns * at.Bytes : at.Bytes;

        // In a tile every row begins at a cache line, so that no vector crosses two.
        return at.Location == MemoryLocation.Tile && at.Shape == OperandShape.Elementwise ? (nint)Aligned(bytes) : bytes;
    }

    private static long Aligned(long bytes) => (bytes + Alignment - 1) & -Alignment;

    /// <summary>Where a row of an input begins, however its rows are spaced.</summary>
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
