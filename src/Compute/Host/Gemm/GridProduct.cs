using System.Numerics;
using Backprop.Compute.Host.Gemm.Microkernels;
using Backprop.Compute.Host.Threading;

namespace Backprop.Compute.Host.Gemm;

/// <summary>
/// A product with few rows or few terms: the result is cut into rectangles that threads compute separately, each as a small product. Nothing is
/// shared, so no thread waits; the repeated copies of operands are small compared with the rest. No sum is cut, so the cuts do not affect the result.
/// </summary>
internal readonly unsafe struct GridProduct<T, TTile>(Operands<T> operands, int rows, int columns) : IWork
    where T : unmanaged, INumber<T>
    where TTile : ITile<T>
{
    private const int FewRows = 128;
    private const int FewTerms = 96;

    // Some milliseconds on one thread, between two checks of the token.
    private const long FewMultiplications = 1 << 26;
    private const int MostTileColumns = 256;

    // As few as give the threads equal shares; more if the right operand has to be copied for them.
    private const int RowsInPlace = 32;
    private const int RowsOfCopy = 64;

    private readonly bool handsOn = columns >= operands.N && operands.Epilogue?.Suits(rows, operands.N) == true;
    private readonly int rowParts = ((operands.M - 1) / rows) + 1;

    /// <summary>Whether cutting a product this way pays.</summary>
    public static bool Suits(in Operands<T> operands) => operands.M <= FewRows || operands.K <= FewTerms;

    /// <summary>Multiplies on at most the given number of threads; the memory must not move.</summary>
    public static void Multiply(in Operands<T> operands, int threads, CancellationToken cancellationToken)
    {
        if (threads == 1 && (long)operands.M * operands.N * operands.K <= FewMultiplications)
        {
            SmallProduct<T, TTile>.Multiply(operands);
            return;
        }

        bool isShort = operands.M <= FewRows;
        int rows = !isShort ? FewRows : SmallProduct<T, TTile>.ReadsInPlace(operands) ? RowsInPlace : RowsOfCopy;
        int columns = isShort ? 3 * TTile.Lanes : Math.Min(operands.N, MostTileColumns * 3 * TTile.Lanes);
        var grid = new GridProduct<T, TTile>(operands, rows, columns);
        ThreadTeam.Current.Run(grid, grid.rowParts * (((operands.N - 1) / columns) + 1), threads, cancellationToken);
    }

    /// <inheritdoc/>
    public void Do(int item)
    {
        (int part, int row) = Math.DivRem(item, rowParts);
        (int column, row) = (part * columns, row * rows);
        int height = Math.Min(rows, operands.M - row);
        SmallProduct<T, TTile>.Multiply(operands with
        {
            M = height,
            N = Math.Min(columns, operands.N - column),
            A = operands.A + (row * operands.RowA),
            B = operands.B + (column * operands.ColumnB),
            C = operands.C + (row * operands.RowC) + column,
        });
        if (handsOn)
        {
            operands.HandOn(row, height);
        }
    }
}
