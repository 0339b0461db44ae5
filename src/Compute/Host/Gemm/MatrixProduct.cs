using System.Numerics;
using System.Runtime.Intrinsics;
using Backprop.Compute.Host.Gemm.Microkernels;

namespace Backprop.Compute.Host.Gemm;

/// <summary>
/// Products of matrices at any strides, of float, double (vectorized, on all cores) or long. Sums run along k in an order that depends only on the
/// sizes and strides: the same operands give the same bits on any number of threads.
/// </summary>
public static unsafe class MatrixProduct
{
    /// <summary>c = a·b, or c + a·b.</summary>
    /// <param name="a">The left operand [m, k].</param>
    /// <param name="b">The right operand [k, n].</param>
    /// <param name="c">The result [m, n], row-major; it must not overlap an operand.</param>
    /// <param name="accumulate">Whether the product is added to what the result holds.</param>
    /// <param name="cancellationToken">Checked between blocks; the result is then undefined.</param>
    /// <exception cref="ArgumentException">The sizes do not agree, or a matrix is larger than its memory.</exception>
    public static void Multiply<T>(in MatrixView<T> a, in MatrixView<T> b, Span<T> c, bool accumulate, CancellationToken cancellationToken)
        where T : unmanaged, INumber<T> => Multiply(a, b, c, [], accumulate, Environment.ProcessorCount, VectorWidth.Bits, cancellationToken);

    /// <summary>The same along some axes, on at most the given number of threads, with vectors of the given number of bits.</summary>
    internal static void Multiply<T>(
        in MatrixView<T> a,
        in MatrixView<T> b,
        Span<T> c,
        ReadOnlySpan<BatchAxis> batch,
        bool accumulate,
        int threads,
        int vectorBits,
        CancellationToken cancellationToken)
        where T : unmanaged, INumber<T>
    {
        if (a.Columns != b.Rows || c.Length < (long)a.Rows * b.Columns)
        {
            throw new ArgumentException($"[{a.Rows}, {a.Columns}] times [{b.Rows}, {b.Columns}] is not {c.Length} elements");
        }

        var shape = new ProductShape(
            (a.Rows, a.RowStride, b.Columns), (b.Columns, b.ColumnStride, 1), (a.Columns, a.ColumnStride, b.RowStride), [.. batch]);
        Multiply(a.Values, b.Values, c, shape, accumulate, threads, vectorBits, null, cancellationToken);
    }

    /// <summary>Products of any shape; the memory of all three starts at the first element.</summary>
    /// <param name="a">The left operands.</param>
    /// <param name="b">The right operands.</param>
    /// <param name="c">The results.</param>
    /// <param name="shape">Their shape.</param>
    /// <param name="epilogue">What processes the results, used if their rows are contiguous.</param>
    /// <param name="cancellationToken">Checked between blocks.</param>
    internal static void Multiply<T>(
        ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, in ProductShape shape, Epilogue? epilogue, CancellationToken cancellationToken)
        where T : unmanaged, INumber<T> => Multiply(a, b, c, shape, false, Environment.ProcessorCount, VectorWidth.Bits, epilogue, cancellationToken);

    /// <summary>Products that the caller guarantees to be within memory that does not move.</summary>
    /// <param name="first">The first product.</param>
    /// <param name="axes">The axes along which they repeat, outermost first.</param>
    /// <param name="cancellationToken">Checked between blocks.</param>
    internal static void Multiply<T>(in Operands<T> first, BatchAxis[] axes, CancellationToken cancellationToken)
        where T : unmanaged, INumber<T>
    {
        fixed (BatchAxis* pinned = axes)
        {
            int count = axes.Aggregate(1, (product, axis) => product * axis.Extent);
            Vectorised(new Batch<T>(first, pinned, axes.Length, count), Environment.ProcessorCount, VectorWidth.Bits, cancellationToken);
        }
    }

    private static void Multiply<T>(
        ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, in ProductShape shape, bool accumulate, int threads, int vectorBits, Epilogue? epilogue,
            CancellationToken cancellationToken)
        where T : unmanaged, INumber<T>
    {
        int count = shape.Count;
        if (count == 0)
        {
            return;
        }

        shape.RequireWithin(a.Length, b.Length, c.Length);
        fixed (T* left = a, right = b, result = c)
        {
            fixed (BatchAxis* axes = shape.Batch)
            {
                var batch = new Batch<T>(Operands(left, right, result, shape, accumulate, epilogue), axes, shape.Rank, count);
                if (shape.K.Extent > 0 && (typeof(T) == typeof(float) || typeof(T) == typeof(double)))
                {
                    Vectorised(batch, threads, vectorBits, cancellationToken);
                }
                else
                {
                    PlainProduct.Multiply(batch, cancellationToken);
                }
            }
        }
    }

    private static Operands<T> Operands<T>(T* left, T* right, T* result, in ProductShape shape, bool accumulate, Epilogue? epilogue)
        where T : unmanaged => new()
        {
            M = shape.M.Extent,
            N = shape.N.Extent,
            K = shape.K.Extent,
            A = left,
            RowA = shape.M.A,
            ColumnA = shape.K.A,
            B = right,
            RowB = shape.K.B,
            ColumnB = shape.N.B,
            C = result,
            RowC = shape.M.C,
            Accumulate = accumulate,
            Epilogue = epilogue,
        };

    private static void Vectorised<T>(in Batch<T> batch, int threads, int vectorBits, CancellationToken cancellationToken)
        where T : unmanaged, INumber<T>
    {
        if (vectorBits == 512)
        {
            BatchedProduct<T, Vector512<T>, GemmVector512<T>, Tile8<T, Vector512<T>, GemmVector512<T>>>.Multiply(batch, threads, cancellationToken);
        }
        else if (vectorBits == 256)
        {
            BatchedProduct<T, Vector256<T>, GemmVector256<T>, Tile4<T, Vector256<T>, GemmVector256<T>>>.Multiply(batch, threads, cancellationToken);
        }
        else
        {
            BatchedProduct<T, Vector128<T>, GemmVector128<T>, Tile4<T, Vector128<T>, GemmVector128<T>>>.Multiply(batch, threads, cancellationToken);
        }
    }
}
