using System.Numerics;
using Backprop.Compute.Host.Gemm;

namespace Backprop.Compute.Tests.Host;

/// <summary>A product of matrices of small whole numbers, so that every way of adding gives the same bits; compared with a plain loop.</summary>
internal sealed record GemmCase(int M, int N, int K)
{
    public bool TransposedA { get; init; }

    public bool TransposedB { get; init; }

    /// <summary>The elements between the rows, and between the elements of a row.</summary>
    public int Gap { get; init; }

    public bool Accumulate { get; init; }

    public int Threads { get; init; } = 2;

    public int VectorBits { get; init; } = 512;

    /// <summary>The first position at which the result is wrong, or −1.</summary>
    public int FirstError<T>()
        where T : unmanaged, INumber<T>
    {
        MatrixView<T> a = Matrix<T>(M, K, TransposedA, 1), b = Matrix<T>(K, N, TransposedB, 2);
        var c = new T[M * N];
        Array.Fill(c, T.CreateChecked(3));
        MatrixProduct.Multiply(a, [0], b, [0], c, Accumulate, Threads, VectorBits, default);
        for (int i = 0; i < c.Length; i++)
        {
            long expected = Accumulate ? 3 : 0;
            for (int p = 0; p < K; p++)
            {
                expected += long.CreateChecked(At(a, i / N, p)) * long.CreateChecked(At(b, p, i % N));
            }

            if (c[i] != T.CreateChecked(expected))
            {
                return i;
            }
        }

        return -1;
    }

    public static T At<T>(in MatrixView<T> matrix, int row, int column)
        where T : unmanaged => matrix.Values[(row * matrix.RowStride) + (column * matrix.ColumnStride)];

    private MatrixView<T> Matrix<T>(int rows, int columns, bool transposed, int seed)
        where T : unmanaged, INumber<T>
    {
        if (transposed)
        {
            return Matrix<T>(columns, rows, false, seed).Transposed;
        }

        int step = 1 + (Gap / 2), stride = (columns * step) + Gap;
        var random = new Random(seed);
        // Not an element more than needed: reading beyond the end is a fault that shows as a wrong sum, since the memory after it holds anything.
        var values = new T[((rows - 1) * stride) + ((columns - 1) * step) + 1];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = T.CreateChecked(random.Next(-9, 10));
        }

        return new MatrixView<T>(values, rows, columns, stride, step);
    }
}
