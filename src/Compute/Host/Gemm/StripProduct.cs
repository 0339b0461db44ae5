using System.Buffers;
using System.Numerics;
using Backprop.Compute.Host.Gemm.Microkernels;
using Backprop.Compute.Host.Threading;

namespace Backprop.Compute.Host.Gemm;

/// <summary>
/// A product whose right operand is read by offsets: the result is cut into strips of columns, and for each strip one block of terms after another is
/// packed, so that a micro-panel of it stays in the L1 cache while all rows are multiplied by it. The cuts along k depend only on k.
/// </summary>
internal readonly unsafe struct StripProduct<T, TTile>(Operands<T> operands, int rows, int terms, CancellationToken cancellationToken) : IWork
    where T : unmanaged, INumber<T>
    where TTile : ITile<T>
{
    private const int TermBytes = 1024;
    private const int MicroPanels = 6;
    private const int MostRows = 128;

    // If there are fewer strips, the rows are cut, too: otherwise threads would idle, and little has to be packed twice.
    private const int FewStrips = 4;

    private readonly int width = 3 * TTile.Lanes;
    private readonly int strips = Blocking.CeilingOf(operands.N, MicroPanels * 3 * TTile.Lanes);

    /// <summary>Multiplies on at most the given number of threads; the memory must not move.</summary>
    public static void Multiply(in Operands<T> operands, int threads, CancellationToken cancellationToken)
    {
        int blocks = Blocking.CeilingOf(operands.K, TermBytes / sizeof(T)), tiles = Blocking.CeilingOf(operands.M, TTile.Rows);
        int strips = Blocking.CeilingOf(operands.N, MicroPanels * 3 * TTile.Lanes);
        int parts = Math.Max(Blocking.CeilingOf(operands.M, MostRows), strips < FewStrips
            ? Math.Min(Blocking.CeilingOf(FewStrips, strips), Blocking.CeilingOf(tiles, 4)) : 1);
        int rows = Blocking.CeilingOf(tiles, parts) * TTile.Rows;
        var work = new StripProduct<T, TTile>(operands, rows, Blocking.CeilingOf(operands.K, blocks), cancellationToken);
        int items = strips * Blocking.CeilingOf(operands.M, rows);
        if (threads > 1)
        {
            ThreadTeam.Current.Run(work, items, threads, cancellationToken);
            return;
        }

        for (int item = 0; item < items; item++)
        {
            work.Do(item);
        }
    }

    /// <inheritdoc/>
    public void Do(int item)
    {
        (int part, int strip) = Math.DivRem(item, strips);
        (int row, int column) = (part * rows, strip * MicroPanels * width);
        int height = Math.Min(rows, operands.M - row), columns = Math.Min(MicroPanels * width, operands.N - column);
        int leftElements = Blocking.CeilingOf(height, TTile.Rows) * TTile.Rows * terms,
            rightElements = Blocking.CeilingOf(columns, width) * width * terms;
        byte[] rented = ArrayPool<byte>.Shared.Rent(((leftElements + rightElements) * sizeof(T)) + 64);
        fixed (byte* memory = rented)
        {
            T* right = (T*)(((nint)memory + 63) & -64), left = right + rightElements;
            for (int term = 0; term < operands.K; term += terms)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int count = Math.Min(terms, operands.K - term);
                Pack(row, height, column, columns, term, count, left, right);
                MultiplyBlock(row, height, column, columns, term, count, left, right);
            }
        }

        ArrayPool<byte>.Shared.Return(rented);
    }

    // Rows with contiguous terms are read in place, except for those of a tile that extends beyond the edge.
    private bool ReadsInPlace(int height) => operands.TermsA is null && operands.ColumnA == 1 && height == TTile.Rows;

    private void Pack(int row, int height, int column, int columns, int term, int count, T* left, T* right)
    {
        for (int at = 0; at < columns; at += width)
        {
            operands.PackColumns(column + at, Math.Min(width, columns - at), term, count, right + ((nint)at * count), width);
        }

        for (int at = 0; at < height; at += TTile.Rows)
        {
            int tall = Math.Min(TTile.Rows, height - at);
            if (!ReadsInPlace(tall))
            {
                operands.PackRows(row + at, tall, term, count, left + ((nint)at * count), TTile.Rows);
            }
        }
    }

    private void MultiplyBlock(int row, int height, int column, int columns, int term, int count, T* left, T* right)
    {
        bool accumulate = operands.Accumulate || term > 0;
        for (int across = 0; across < columns; across += width)
        {
            T* microPanel = right + ((nint)across * count);
            for (int at = 0; at < height; at += TTile.Rows)
            {
                int tall = Math.Min(TTile.Rows, height - at);
                TileOperands<T> tile = ReadsInPlace(tall)
                    ? new TileOperands<T>(count, (nint)(operands.A + ((row + at) * operands.RowA) + term), operands.RowA, 1, (nint)microPanel, width)
                    : new TileOperands<T>(count, (nint)(left + ((nint)at * count)), 1, TTile.Rows, (nint)microPanel, width);
                T* c = operands.C + ((row + at) * operands.RowC) + column + across;
                Tiles<T, TTile>.Multiply(tile, c, operands.RowC, tall, Math.Min(width, columns - across), accumulate);
            }
        }
    }
}
