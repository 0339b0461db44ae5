using System.Buffers;
using System.Numerics;
using Backprop.Compute.Host.Gemm.Microkernels;
using Backprop.Compute.Host.Gemm.Panels;
using Backprop.Compute.Host.Threading;

namespace Backprop.Compute.Host.Gemm;

/// <summary>
/// A large product: for each panel of the right operand and each block of k, the panel is packed, then blocks of rows of the left operand are packed
/// and multiplied with it. Threads share the packing and the blocks of rows.
/// </summary>
internal readonly unsafe struct BlockedProduct<T, TTile>(Operands<T> operands, Blocking blocking, T* panels) : IPhasedWork
    where T : unmanaged, INumber<T>
    where TTile : ITile<T>
{
    private readonly bool handsOn =
        blocking is { PanelBlocks: 1, Groups: 1 } && operands.Epilogue?.Suits(blocking.Rows, operands.N) == true;

    private readonly int itemsOfStep = blocking.Packs + (blocking.RowBlocks * blocking.Groups);
    private readonly int tileColumns = 3 * TTile.Lanes;

    /// <summary>Multiplies; the memory must not move.</summary>
    public static void Multiply(in Operands<T> operands, int threads, CancellationToken cancellationToken)
    {
        var blocking = new Blocking(operands.M, operands.N, operands.K, TTile.Rows, 3 * TTile.Lanes, sizeof(T), threads);
        int panels = Math.Min(blocking.PanelBlocks * blocking.TermBlocks, 2);
        byte[] rented = ArrayPool<byte>.Shared.Rent(AlignedBytes(panels * blocking.MicroPanels * 3 * TTile.Lanes * blocking.Terms));
        fixed (byte* memory = rented)
        {
            var work = new BlockedProduct<T, TTile>(operands, blocking, Aligned(memory));
            ThreadTeam.Current.RunPhased(work, blocking.PanelBlocks * blocking.TermBlocks * work.itemsOfStep, threads, cancellationToken);
        }

        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <inheritdoc/>
    public int Before(int item)
    {
        // While the last rows of a step are multiplied, the panel of the next step is packed next to the current one.
        int step = item / itemsOfStep, inStep = item % itemsOfStep;
        return Math.Max(((inStep < blocking.Packs ? step - 1 : step) * itemsOfStep) + blocking.Packs, 0);
    }

    /// <inheritdoc/>
    public void Do(int item)
    {
        int step = item / itemsOfStep, inStep = item % itemsOfStep;
        int term = step % blocking.TermBlocks * blocking.Terms, terms = Math.Min(blocking.Terms, operands.K - term);
        int firstPanel = step / blocking.TermBlocks * blocking.MicroPanels;
        int microPanels = Math.Min(blocking.MicroPanels, ((operands.N - 1) / tileColumns) + 1 - firstPanel);
        if (inStep < blocking.Packs)
        {
            (int from, int to) = Part(microPanels, inStep, blocking.Packs);
            Pack(PanelOf(step), firstPanel, from, to, term, terms);
        }
        else
        {
            (int block, int group) = Math.DivRem(inStep - blocking.Packs, blocking.Groups);
            (int from, int to) = Part(microPanels, group, blocking.Groups);
            MultiplyRows(PanelOf(step), block * blocking.Rows, firstPanel, from, to, term, terms);
            if (handsOn && term + terms == operands.K)
            {
                operands.HandOn(block * blocking.Rows, Math.Min(blocking.Rows, operands.M - (block * blocking.Rows)));
            }
        }
    }

    private T* PanelOf(int step) => panels + ((nint)(step % 2) * blocking.MicroPanels * tileColumns * blocking.Terms);

    private static (int From, int To) Part(int count, int part, int parts) =>
        ((int)((long)count * part / parts), (int)((long)count * (part + 1) / parts));

    private static int AlignedBytes(int elements) => (elements * sizeof(T)) + 64;

    private static T* Aligned(byte* memory) => (T*)(((nint)memory + 63) & -64);

    private void Pack(T* panel, int firstPanel, int from, int to, int term, int terms)
    {
        for (int microPanel = from; microPanel < to; microPanel++)
        {
            int column = (firstPanel + microPanel) * tileColumns;
            Packing.MicroPanel(
                operands.B + (term * operands.RowB) + (column * operands.ColumnB),
                operands.RowB,
                operands.ColumnB,
                terms,
                Math.Min(tileColumns, operands.N - column),
                panel + ((nint)microPanel * tileColumns * terms),
                tileColumns);
        }
    }

    private void MultiplyRows(T* panel, int firstRow, int firstPanel, int from, int to, int term, int terms)
    {
        int rows = Math.Min(blocking.Rows, operands.M - firstRow);
        byte[] rented = ArrayPool<byte>.Shared.Rent(AlignedBytes(blocking.Rows * terms));
        fixed (byte* memory = rented)
        {
            T* block = Aligned(memory);
            for (int row = 0; row < rows; row += TTile.Rows)
            {
                Packing.MicroPanel(
                    operands.A + ((firstRow + row) * operands.RowA) + (term * operands.ColumnA),
                    operands.ColumnA,
                    operands.RowA,
                    terms,
                    Math.Min(TTile.Rows, rows - row),
                    block + ((nint)row * terms),
                    TTile.Rows);
            }

            bool accumulate = operands.Accumulate || term > 0;
            for (int microPanel = from; microPanel < to; microPanel++)
            {
                int column = (firstPanel + microPanel) * tileColumns;
                T* right = panel + ((nint)microPanel * tileColumns * terms);
                for (int row = 0; row < rows; row += TTile.Rows)
                {
                    var tile = new TileOperands<T>(terms, (nint)(block + ((nint)row * terms)), 1, TTile.Rows, (nint)right, tileColumns);
                    T* c = operands.C + ((firstRow + row) * operands.RowC) + column;
                    int height = Math.Min(TTile.Rows, rows - row), width = Math.Min(tileColumns, operands.N - column);
                    Tiles<T, TTile>.Multiply(tile, c, operands.RowC, height, width, accumulate);
                }
            }
        }

        ArrayPool<byte>.Shared.Return(rented);
    }
}
