using System.Buffers;
using System.Numerics;
using Backprop.Compute.Host.Gemm.Microkernels;
using Backprop.Compute.Host.Gemm.Panels;

namespace Backprop.Compute.Host.Gemm;

/// <summary>A product so small that its operands stay in the caches: tiles read them in place, and only parts beyond the edge are copied.</summary>
internal static unsafe class SmallProduct<T, TTile>
    where T : unmanaged, INumber<T>
    where TTile : ITile<T>
{
    // Fewer rows do not pay for copying the right operand.
    private const int PackFrom = 64;

    // Its rows a page or more apart map to the same few cache sets and evict each other.
    private const int PageBytes = 4096;

    /// <summary>Whether the right operand is read in place for a few rows.</summary>
    public static bool ReadsInPlace(in Operands<T> operands) => operands.ColumnB == 1 && operands.RowB * sizeof(T) < PageBytes;

    /// <summary>Multiplies; the memory must not move.</summary>
    public static void Multiply(in Operands<T> operands)
    {
        int tileColumns = 3 * TTile.Lanes, lastRows = operands.M % TTile.Rows;
        byte[] rented = ArrayPool<byte>.Shared.Rent((operands.K * (TTile.Rows + tileColumns) * sizeof(T)) + 64);
        fixed (byte* memory = rented)
        {
            T* right = (T*)(((nint)memory + 63) & -64), last = right + ((nint)operands.K * tileColumns);
            if (lastRows > 0)
            {
                T* rows = operands.A + ((operands.M - lastRows) * operands.RowA);
                Packing.MicroPanel(rows, operands.ColumnA, operands.RowA, operands.K, lastRows, last, TTile.Rows);
            }

            for (int column = 0; column < operands.N; column += tileColumns)
            {
                Columns(operands, column, Math.Min(tileColumns, operands.N - column), right, last);
            }
        }

        ArrayPool<byte>.Shared.Return(rented);
    }

    private static void Columns(in Operands<T> operands, int column, int width, T* packed, T* lastRows)
    {
        T* right = operands.B + (column * operands.ColumnB);
        nint step = operands.RowB;
        if (!ReadsInPlace(operands) || width < 3 * TTile.Lanes || operands.M >= PackFrom)
        {
            // As wide as the vectors that are read from it.
            int wide = (((width - 1) / TTile.Lanes) + 1) * TTile.Lanes;
            Packing.MicroPanel(right, step, operands.ColumnB, operands.K, width, packed, wide);
            right = packed;
            step = wide;
        }

        for (int row = 0; row < operands.M; row += TTile.Rows)
        {
            int height = Math.Min(TTile.Rows, operands.M - row);
            var tile = height == TTile.Rows
                ? new TileOperands<T>(operands.K, (nint)(operands.A + (row * operands.RowA)), operands.RowA, operands.ColumnA, (nint)right, step)
                : new TileOperands<T>(operands.K, (nint)lastRows, 1, TTile.Rows, (nint)right, step);
            Tiles<T, TTile>.Multiply(tile, operands.C + (row * operands.RowC) + column, operands.RowC, height, width, operands.Accumulate);
        }
    }
}
