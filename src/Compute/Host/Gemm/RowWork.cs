using System.Numerics;
using Backprop.Compute.Host.Gemm.Microkernels;
using Backprop.Compute.Host.Threading;

namespace Backprop.Compute.Host.Gemm;

/// <summary>A row times a large matrix, in parts that threads share.</summary>
internal readonly struct RowWork<T, V, L>(Operands<T> row, int part, CancellationToken cancellationToken) : IWork
    where T : unmanaged, INumber<T>
    where V : struct
    where L : struct, IGemmVector<T, V>
{
    private const int PartElements = 1 << 16;

    /// <summary>Multiplies; the memory must not move.</summary>
    public static void Multiply(in Operands<T> row, int threads, CancellationToken cancellationToken)
    {
        // A multiple of 64 results, so that threads do not write to the same cache lines.
        int part = Math.Max(PartElements / row.K / 64, 1) * 64;
        ThreadTeam.Current.Run(new RowWork<T, V, L>(row, part, cancellationToken), ((row.N - 1) / part) + 1, threads, cancellationToken);
    }

    /// <inheritdoc/>
    public void Do(int item) =>
        RowProduct<T, V, L>.Multiply(row, item * part, Math.Min((item + 1) * part, row.N), cancellationToken);
}
