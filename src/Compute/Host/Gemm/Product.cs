using System.Numerics;
using Backprop.Compute.Host.Gemm.Microkernels;

namespace Backprop.Compute.Host.Gemm;

/// <summary>Selects the algorithm by the sizes and strides only, so that the result does not depend on the number of threads.</summary>
internal static class Product<T, V, L, TTile>
    where T : unmanaged, INumber<T>
    where V : struct
    where L : struct, IGemmVector<T, V>
    where TTile : ITile<T>
{
    private const long SmallUpTo = 96 * 96 * 96;
    private const int SmallTerms = 1024;

    // Reading a matrix for one row takes longer per element than multiplying it by many rows.
    private const long RowShare = 1 << 17;

    /// <summary>The multiplications that pay for waking a thread.</summary>
    public const long Share = 1 << 18;

    /// <summary>Multiplies on at most the given number of threads; the memory must not move.</summary>
    public static void Multiply(in Operands<T> operands, int threads, CancellationToken cancellationToken)
    {
        long work = (long)operands.M * operands.N * operands.K;
        if (operands.HasOffsets && DotProduct<T, V, L>.Suits(operands))
        {
            DotProduct<T, V, L>.Multiply(operands, Sharing(work / Share, threads), cancellationToken);
        }
        else if (operands.HasOffsets)
        {
            StripProduct<T, TTile>.Multiply(operands, Sharing(work / Share, threads), cancellationToken);
        }
        else if (RowProduct<T, V, L>.IsRow(operands, out Operands<T> row))
        {
            RowWork<T, V, L>.Multiply(row, Sharing(work / RowShare, threads), cancellationToken);
        }
        else if (work <= SmallUpTo && operands.K <= SmallTerms)
        {
            SmallProduct<T, TTile>.Multiply(operands);
        }
        else if (operands.K <= SmallTerms && GridProduct<T, TTile>.Suits(operands))
        {
            GridProduct<T, TTile>.Multiply(operands, Sharing(work / Share, threads), cancellationToken);
        }
        else
        {
            BlockedProduct<T, TTile>.Multiply(operands, Sharing(work / Share, threads), cancellationToken);
        }
    }

    private static int Sharing(long shares, int threads) => (int)Math.Clamp(shares, 1, threads);
}
