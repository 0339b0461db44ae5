using System.Numerics;
using Backprop.Compute.Host.Gemm.Microkernels;
using Backprop.Compute.Host.Gemm.Panels;
using Backprop.Compute.Host.Threading;

namespace Backprop.Compute.Host.Gemm;

/// <summary>
/// A product of few columns and many terms, which are contiguous in whole vectors in both operands, such as the derivative of a convolution with
/// respect to its kernel. Blocks of terms are as large as the L1 cache holds of a few rows. The cuts along k depend only on k.
/// </summary>
internal readonly unsafe struct DotProduct<T, V, L>(Operands<T> operands, int columns, CancellationToken cancellationToken) : IWork
    where T : unmanaged, INumber<T>
    where V : struct
    where L : struct, IGemmVector<T, V>
{
    private const int Rows = DotTile<T, V, L>.Rows;
    private const int Columns = DotTile<T, V, L>.Columns;
    private const int TermBytes = 4096;
    private const int FewestItems = 16;

    // With more columns threads can share their packing, and aligned vectors are read faster.
    private const int FewColumns = 144;

    private readonly int rowTiles = Blocking.CeilingOf(operands.M, Rows);

    /// <summary>Whether the terms are contiguous and packing columns would mean copying them element by element.</summary>
    public static bool Suits(in Operands<T> operands) =>
        operands.N <= FewColumns
        && operands.K % L.Count == 0
        && OffsetPacking.Run(operands.OffsetsB, Math.Min(operands.N, L.Count)) < L.Count
        && (operands.TermsA is null ? operands.ColumnA == 1 : OffsetPacking.InVectors(operands.TermsA, operands.K, L.Count))
        && OffsetPacking.InVectors(operands.TermsB, operands.K, L.Count);

    /// <summary>Multiplies on at most the given number of threads; the memory must not move.</summary>
    public static void Multiply(in Operands<T> operands, int threads, CancellationToken cancellationToken)
    {
        int parts = Math.Min(Blocking.CeilingOf(FewestItems, Blocking.CeilingOf(operands.M, Rows)), Blocking.CeilingOf(operands.N, Columns));
        int columns = Blocking.CeilingOf(Blocking.CeilingOf(operands.N, parts), Columns) * Columns;
        var work = new DotProduct<T, V, L>(operands, columns, cancellationToken);
        ThreadTeam.Current.Run(work, work.rowTiles * Blocking.CeilingOf(operands.N, columns), threads, cancellationToken);
    }

    /// <inheritdoc/>
    public void Do(int item)
    {
        (int part, int tile) = Math.DivRem(item, rowTiles);
        int row = tile * Rows, first = part * columns, end = Math.Min(first + columns, operands.N);
        int most = TermBytes / sizeof(T);
        int* neighbours = stackalloc int[most];
        for (int i = 0; i < most; i++)
        {
            neighbours[i] = i;
        }

        for (int term = 0; term < operands.K; term += most)
        {
            cancellationToken.ThrowIfCancellationRequested();
            T* a = operands.A + (row * operands.RowA) + (operands.TermsA is null ? term : 0);
            int* termsA = operands.TermsA is null ? neighbours : operands.TermsA + term;
            for (int column = first; column < end; column += Columns)
            {
                MultiplyTile(a, termsA, row, column, Math.Min(Columns, end - column), term, Math.Min(most, operands.K - term));
            }
        }
    }

    // Where the tile extends beyond the edge, its last row or column is repeated and the extra sums are dropped.
    private void MultiplyTile(T* left, int* termsA, int row, int column, int wide, int term, int terms)
    {
        T** a = stackalloc T*[Rows], b = stackalloc T*[Columns];
        T* sums = stackalloc T[Rows * Columns];
        int tall = Math.Min(Rows, operands.M - row);
        for (int i = 0; i < Rows; i++)
        {
            a[i] = left + (Math.Min(i, tall - 1) * operands.RowA);
        }

        for (int j = 0; j < Columns; j++)
        {
            b[j] = operands.B + operands.OffsetsB[column + Math.Min(j, wide - 1)];
        }

        DotTile<T, V, L>.Multiply(terms, a, termsA, b, operands.TermsB + term, sums);
        bool accumulate = operands.Accumulate || term > 0;
        for (int i = 0; i < tall; i++)
        {
            T* c = operands.C + ((row + i) * operands.RowC) + column;
            for (int j = 0; j < wide; j++)
            {
                c[j] = accumulate ? c[j] + sums[(i * Columns) + j] : sums[(i * Columns) + j];
            }
        }
    }
}
