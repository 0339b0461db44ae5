using Backprop.Domain.Graphs;

namespace Backprop.Compute.Compilation.Loops;

/// <summary>Where the loops of a group find a value.</summary>
internal enum MemoryLocation
{
    /// <summary>A value from outside.</summary>
    Operand,

    /// <summary>A value that other steps use, too.</summary>
    Result,

    /// <summary>Memory for the rows of one tile, internal to the group.</summary>
    Tile,
}

/// <summary>How many elements a value has for the rows of the group.</summary>
internal enum OperandShape
{
    /// <summary>One element for each of the group's elements.</summary>
    Elementwise,

    /// <summary>An element for each row.</summary>
    PerRow,

    /// <summary>One element for everything.</summary>
    Scalar,
}

/// <summary>What a pointer of a loop points to.</summary>
/// <param name="Location">What kind of memory.</param>
/// <param name="Index">Which of the group's operands, results or tiles.</param>
/// <param name="Shape">The extent of the value.</param>
/// <param name="Bytes">The bytes per element.</param>
internal readonly record struct LoopPointer(MemoryLocation Location, int Index, OperandShape Shape, int Bytes);

/// <summary>A pass over the rows of a tile.</summary>
/// <param name="Body">The loop that runs.</param>
/// <param name="Pointers">Where its inputs and outputs are stored.</param>
/// <param name="IsPerRow">True if its elements are the rows: all rows of the tile form one row of the pass.</param>
/// <param name="Kernel">Runs it.</param>
internal sealed record LoopPass(LoopBody Body, LoopPointer[] Pointers, bool IsPerRow, LoopKernel Kernel);

/// <summary>A value from outside.</summary>
/// <param name="Value">Its index in the graph.</param>
/// <param name="IndexOperand">How many elements are read per row.</param>
/// <param name="RowStrides">For wide values, the strides over the axes of the rows, in elements; 0 for broadcast axes.</param>
/// <param name="Shape">If the value holds gather indices, the node that uses them: they are int64 and are converted to the loop's type in a
/// tile.</param>
/// <param name="Tile">The tile that the converted indices are written to.</param>
internal sealed record LoopOperand(int Value, OperandShape Shape, long[] RowStrides, Node? IndexOperand, int Tile = -1)
{
    /// <summary>Whether the rows, each of the given number of columns, are not contiguous.</summary>
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

/// <summary>A value that other steps use.</summary>
/// <param name="Value">Its index in the graph.</param>
/// <param name="Shape">Wide, narrow, or single: a total over all rows, combined from the tiles' partial results.</param>
/// <param name="Fold">The operation that combines the tiles' partial results.</param>
internal readonly record struct LoopResult(int Value, OperandShape Shape, string Fold);

/// <summary>
/// Elementwise nodes, with reductions of rows between and after them, that run tile by tile: a tile is some whole rows, and all passes run over it
/// before the next one begins, so that memory outside the cache is read and written once.
/// </summary>
/// <param name="DType">The float type of everything that is not a truth value.</param>
/// <param name="RowShape">The axes of the rows; one axis if the elements are merely cut into stretches.</param>
/// <param name="Columns">The elements of a row.</param>
/// <param name="Count">The elements of all rows; if they are cut into stretches, the last one may be shorter.</param>
/// <param name="Inputs">The values from outside.</param>
/// <param name="Outputs">The values that other steps use.</param>
/// <param name="Tiles">The extents of the memory that a tile needs; element sizes are those of the type, 1 for truth values.</param>
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
    /// The rows that a thread takes at a time, whole tiles. The cut depends only on the shape, and so does the order in which sums are added.
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
