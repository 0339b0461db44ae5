using System.Numerics;
using System.Runtime.Intrinsics;

namespace Backprop.Compute.Host.Gemm;

/// <summary>
/// Products of matrices at any strides, of float, double (vectorised, on all cores) or long. Sums run along k in an order that depends on the
/// sizes and strides alone: the same operands give the same bits on any number of threads.
/// </summary>
public static unsafe class MatrixProduct
{
    private static int WidestBits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>c = a·b, or c + a·b.</summary>
    /// <param name="a">The left operand [m, k].</param>
    /// <param name="b">The right operand [k, n].</param>
    /// <param name="c">The result [m, n], row-major; it must not overlap an operand.</param>
    /// <param name="accumulate">Whether the product is added to what the result holds.</param>
    /// <param name="cancellation">Checked between blocks; the result is then undefined.</param>
    /// <exception cref="ArgumentException">The sizes do not agree, or a matrix is larger than its memory.</exception>
    public static void Multiply<T>(in MatrixView<T> a, in MatrixView<T> b, Span<T> c, bool accumulate, CancellationToken cancellation)
        where T : unmanaged, INumber<T> => Multiply(a, [0], b, [0], c, accumulate, cancellation);

    /// <summary>The same for many pairs of matrices: those that begin <paramref name="startsA"/> and <paramref name="startsB"/> elements after the first.</summary>
    /// <param name="a">The first left operand [m, k].</param>
    /// <param name="startsA">Where the left operands begin.</param>
    /// <param name="b">The first right operand [k, n].</param>
    /// <param name="startsB">Where the right operands begin, as many.</param>
    /// <param name="c">The results [starts, m, n], row-major.</param>
    /// <param name="accumulate">Whether the products are added to what the results hold.</param>
    /// <param name="cancellation">Checked between blocks; the results are then undefined.</param>
    /// <exception cref="ArgumentException">The sizes do not agree, or a matrix is larger than its memory.</exception>
    public static void Multiply<T>(
        in MatrixView<T> a, int[] startsA, in MatrixView<T> b, int[] startsB, Span<T> c, bool accumulate, CancellationToken cancellation)
        where T : unmanaged, INumber<T> => Multiply(a, startsA, b, startsB, c, accumulate, Environment.ProcessorCount, WidestBits, cancellation);

    /// <summary>The same on at most so many threads, with vectors of so many bits.</summary>
    internal static void Multiply<T>(
        in MatrixView<T> a,
        int[] startsA,
        in MatrixView<T> b,
        int[] startsB,
        Span<T> c,
        bool accumulate,
        int threads,
        int vectorBits,
        CancellationToken cancellation)
        where T : unmanaged, INumber<T>
    {
        Check(a, startsA, b, startsB, c.Length);
        if (c.IsEmpty || startsA.Length == 0)
        {
            return;
        }

        if (a.Columns == 0)
        {
            c[..(accumulate ? 0 : c.Length)].Clear();
        }
        else if (typeof(T) == typeof(float) || typeof(T) == typeof(double))
        {
            fixed (T* left = a.Values, right = b.Values, result = c)
            {
                Operands<T> first = Pinned(a, left, b, right, result, accumulate);
                Vectorised(first, startsA, startsB, threads, vectorBits, cancellation);
            }
        }
        else
        {
            for (int i = 0; i < startsA.Length; i++)
            {
                MatrixView<T> x = a.From(startsA[i]), y = b.From(startsB[i]);
                PlainProduct.Multiply(x, y, c.Slice(i * a.Rows * b.Columns, a.Rows * b.Columns), accumulate, cancellation);
            }
        }
    }

    private static Operands<T> Pinned<T>(in MatrixView<T> a, T* left, in MatrixView<T> b, T* right, T* result, bool accumulate)
        where T : unmanaged => new()
        {
            M = a.Rows,
            N = b.Columns,
            K = a.Columns,
            A = left,
            RowA = a.RowStride,
            ColumnA = a.ColumnStride,
            B = right,
            RowB = b.RowStride,
            ColumnB = b.ColumnStride,
            C = result,
            RowC = b.Columns,
            Accumulate = accumulate,
        };

    private static void Vectorised<T>(
        in Operands<T> first, int[] startsA, int[] startsB, int threads, int vectorBits, CancellationToken cancellation)
        where T : unmanaged, INumber<T>
    {
        if (vectorBits == 512)
        {
            BatchedProduct<T, Vector512<T>, Lanes512<T>, Tile8<T, Vector512<T>, Lanes512<T>>>.Multiply(first, startsA, startsB, threads, cancellation);
        }
        else if (vectorBits == 256)
        {
            BatchedProduct<T, Vector256<T>, Lanes256<T>, Tile4<T, Vector256<T>, Lanes256<T>>>.Multiply(first, startsA, startsB, threads, cancellation);
        }
        else
        {
            BatchedProduct<T, Vector128<T>, Lanes128<T>, Tile4<T, Vector128<T>, Lanes128<T>>>.Multiply(first, startsA, startsB, threads, cancellation);
        }
    }

    private static void Check<T>(in MatrixView<T> a, int[] startsA, in MatrixView<T> b, int[] startsB, int length)
        where T : unmanaged
    {
        if (a.Columns != b.Rows || startsA.Length != startsB.Length || (long)a.Rows * b.Columns * startsA.Length != length)
        {
            throw new ArgumentException($"[{startsA.Length}, {a.Rows}, {a.Columns}] times [{startsB.Length}, {b.Rows}, {b.Columns}] is not {length} elements");
        }

        if (!a.Holds(startsA) || !b.Holds(startsB))
        {
            throw new ArgumentException("A matrix reaches beyond its memory");
        }
    }
}
