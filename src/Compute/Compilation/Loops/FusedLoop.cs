using Backprop.Compute.Host;
using Backprop.Compute.Host.Loops;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Compilation.Loops;

/// <summary>Where the loops of a group find a value.</summary>
internal enum MemoryLocation
{
    /// <summary>A value from outside.</summary>
    Operand,

    /// <summary>A value that others use too.</summary>
    Result,

    /// <summary>Memory for the rows of one tile, which only the group sees.</summary>
    Tile,
}

/// <summary>How the elements of a value lie beside the rows of the group.</summary>
internal enum OperandShape
{
    /// <summary>An element for each of the group's.</summary>
    Elementwise,

    /// <summary>An element for each row.</summary>
    PerRow,

    /// <summary>One element for all.</summary>
    Scalar,
}

/// <summary>Where a pointer of a loop leads.</summary>
/// <param name="Location">What kind of memory.</param>
/// <param name="Index">Which of the group's operands, results or tiles.</param>
/// <param name="Shape">How the value lies.</param>
/// <param name="Bytes">The bytes of an element.</param>
internal readonly record struct LoopPointer(MemoryLocation Location, int Index, OperandShape Shape, int Bytes);

/// <summary>A pass over the rows of a tile.</summary>
/// <param name="Body">What is done.</param>
/// <param name="Pointers">Where its inputs and outputs lie.</param>
/// <param name="IsPerRow">True where its elements are those of the rows: all rows of the tile are one row of it.</param>
/// <param name="Kernel">Runs it.</param>
internal sealed record LoopPass(LoopBody Body, LoopPointer[] Pointers, bool IsPerRow, LoopKernel Kernel);

/// <summary>A value from outside.</summary>
/// <param name="Value">Its place in the graph.</param>
/// <param name="Shape">How it is read.</param>
/// <param name="RowStrides">For what is wide, its strides over the axes of the rows, in elements; 0 where it is broadcast.</param>
/// <param name="IndexOperand">Where the value are the columns that rows choose, the node that says so: they are int64 and become numbers of the
/// loop's
/// type in a tile.</param>
/// <param name="Tile">The tile that they are written to.</param>
internal sealed record LoopOperand(int Value, OperandShape Shape, long[] RowStrides, Node? IndexOperand, int Tile = -1)
{
    /// <summary>Whether the rows, of so many columns, do not simply follow one another.</summary>
    public bool IsBroadcast(ReadOnlySpan<int> rows, int columns)
    {
        long stride = columns;
        for (int axis = rows.Length - 1; axis >= 0; axis--)
        {
            if (rows[axis] != 1 && RowStrides[axis] != stride)
            {
                return true;
            }

            stride *= rows[axis];
        }

        return false;
    }
}

/// <summary>A value that others use.</summary>
/// <param name="Value">Its place in the graph.</param>
/// <param name="Shape">Wide, narrow, or a single one: a sum of all, had from the tiles' own.</param>
/// <param name="Fold">By what the tiles' own are joined.</param>
internal readonly record struct LoopResult(int Value, OperandShape Shape, string Fold);

/// <summary>
/// Elementwise nodes, and reductions of rows between and behind them, that run tile by tile: a tile is some whole rows, and all passes run over
/// it before the next one begins, so that memory outside the cache is read and written once.
/// </summary>
/// <param name="DType">The float type of all that is no truth value.</param>
/// <param name="RowShape">The axes of the rows; one axis where the elements are merely cut into stretches.</param>
/// <param name="Columns">The elements of a row.</param>
/// <param name="Count">The elements of all rows; where they are cut into stretches the last one may be shorter.</param>
/// <param name="Inputs">The values from outside.</param>
/// <param name="Outputs">The values that others use.</param>
/// <param name="Tiles">The extents of the memory that a tile needs; the element sizes are those of the type, 1 for truth values.</param>
/// <param name="TileBytes">The element sizes of that memory.</param>
/// <param name="Passes">The passes in order.</param>
internal sealed record FusedLoop(
    DType DType,
    Shape RowShape,
    int Columns,
    long Count,
    LoopOperand[] Inputs,
    LoopResult[] Outputs,
    OperandShape[] Tiles,
    int[] TileBytes,
    LoopPass[] Passes) : StepGroup(Array.ConvertAll(Inputs, input => input.Value), Array.ConvertAll(Outputs, output => output.Value))
{
    private const int ElementsOfTile = 1 << 12;
    private const int ElementsOfItem = 1 << 15;

    /// <summary>The number of rows.</summary>
    public int Rows { get; } = (int)((Count + Columns - 1) / Columns);

    /// <summary>The rows of a tile.</summary>
    public int RowsOfTile { get; } = RowsOf(ElementsOfTile, Columns);

    /// <summary>
    /// The rows that a thread takes at a time: whole tiles. The cut depends on the shape alone, and so does the order in which sums are added.
    /// </summary>
    public int RowsOfItem { get; } = RowsOf(ElementsOfTile, Columns) * RowsOf(ElementsOfItem, RowsOf(ElementsOfTile, Columns) * Columns);

    /// <summary>The loops over the rows, with the inputs as operands.</summary>
    public LoopNest RowNest { get; } = new(RowShape.Dims,
        Array.ConvertAll(Inputs, input => input.Shape == OperandShape.Scalar ? new long[RowShape.Rank] : input.RowStrides));

    /// <inheritdoc/>
    public override int[] LastReads()
    {
        int[] times = NotMet(Inputs.Length);
        for (int time = 0; time < Passes.Length; time++)
        {
            foreach (LoopPointer pointer in Passes[time].Pointers.AsSpan(0, Passes[time].Body.Inputs.Length))
            {
                if (pointer.Location == MemoryLocation.Operand)
                {
                    times[pointer.Index] = time;
                }
            }
        }

        return times;
    }

    /// <inheritdoc/>
    public override int[] FirstWrites()
    {
        int[] times = NotMet(Outputs.Length);
        for (int time = Passes.Length - 1; time >= 0; time--)
        {
            foreach (LoopPointer pointer in Passes[time].Pointers.AsSpan(Passes[time].Body.Inputs.Length))
            {
                if (pointer.Location == MemoryLocation.Result)
                {
                    times[pointer.Index] = time;
                }
            }
        }

        return times;
    }

    private static int RowsOf(int elements, int columns) => Math.Max(1, elements / columns);
}
