using System.Numerics;
using System.Numerics.Tensors;

namespace Backprop.Compute.Host.Gemm;

/// <summary>The product of matrices of whole numbers, row by row.</summary>
internal static class PlainProduct
{
    /// <summary>c = a·b, or c + a·b.</summary>
    public static void Multiply<T>(in MatrixView<T> a, in MatrixView<T> b, Span<T> c, bool accumulate, CancellationToken cancellation)
        where T : unmanaged, INumber<T>
    {
        for (int row = 0; row < a.Rows; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            Span<T> sums = c.Slice(row * b.Columns, b.Columns);
            if (!accumulate)
            {
                sums.Clear();
            }

            for (int k = 0; k < a.Columns; k++)
            {
                Add(a.Values[(row * a.RowStride) + (k * a.ColumnStride)], b.Values[(k * b.RowStride)..], b.ColumnStride, sums);
            }
        }
    }

    private static void Add<T>(T factor, ReadOnlySpan<T> row, int stride, Span<T> sums)
        where T : unmanaged, INumber<T>
    {
        if (stride == 1)
        {
            TensorPrimitives.MultiplyAdd(row[..sums.Length], factor, sums, sums);
            return;
        }

        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += factor * row[i * stride];
        }
    }
}
