using System.Numerics;

namespace Backprop.Compute.Host.Gemm;

/// <summary>Products row by row: those of integers, and those without terms.</summary>
internal static unsafe class PlainProduct
{
    /// <summary>Multiplies; the memory must not move.</summary>
    public static void Multiply<T>(in Batch<T> batch, CancellationToken cancellationToken)
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < batch.Count; i++)
        {
            Operands<T> operands = batch[i];
            for (int row = 0; row < operands.M; row++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                MultiplyRow(operands, row, cancellationToken);
            }
        }
    }

    private static void MultiplyRow<T>(in Operands<T> operands, int row, CancellationToken cancellationToken)
        where T : unmanaged, INumber<T>
    {
        var sums = new Span<T>(operands.C + (row * operands.RowC), operands.N);
        if (!operands.Accumulate)
        {
            sums.Clear();
        }

        T* a = operands.A + (row * operands.RowA);
        var check = new CancellationCheck(cancellationToken);
        for (int k = 0; k < operands.K; k++)
        {
            check.Before(operands.N);
            Add(a[k * operands.ColumnA], operands.B + (k * operands.RowB), operands.ColumnB, sums);
        }
    }

    private static void Add<T>(T factor, T* row, nint stride, Span<T> sums)
        where T : unmanaged, INumber<T>
    {
        if (stride == 1)
        {
            TensorPrimitives.MultiplyAdd(new ReadOnlySpan<T>(row, sums.Length), factor, sums, sums);
            return;
        }

        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += factor * row[i * stride];
        }
    }
}
