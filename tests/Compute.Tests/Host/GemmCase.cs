using System.Numerics;
using Backprop.Compute.Host.Gemm;
using Shouldly;

namespace Backprop.Compute.Tests.Host;

/// <summary>A product of matrices of small integers, so that every order of summation gives the same bits; compared with a plain loop.</summary>
internal sealed record GemmCase(int M, int N, int K)
{
    private const int Before = 3;

    public bool TransposedA { get; init; }

    public bool TransposedB { get; init; }

    /// <summary>The elements between the rows; between the elements of a row there are half as many.</summary>
    public int Gap { get; init; }

    public bool Accumulate { get; init; }

    public int Threads { get; init; } = 2;

    /// <summary>Multiplies as float and double, with vectors of every width, and as long.</summary>
    public void Agrees()
    {
        int[] a = Elements(M, K, 1), b = Elements(K, N, 2);
        long[] expected = Expected(a, b);
        foreach (int bits in (int[])[512, 256, 128])
        {
            Agrees<float>(a, b, expected, bits);
            Agrees<double>(a, b, expected, bits);
        }

        Agrees<long>(a, b, expected, 128);
    }

    private static int[] Elements(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows * columns).Select(_ => random.Next(-9, 10))];
    }

    private long[] Expected(int[] a, int[] b)
    {
        var c = new long[M * N];
        Array.Fill(c, Accumulate ? Before : 0);
        for (int i = 0; i < M; i++)
        {
            for (int p = 0; p < K; p++)
            {
                for (int j = 0; j < N; j++)
                {
                    c[(i * N) + j] += a[(i * K) + p] * b[(p * N) + j];
                }
            }
        }

        return c;
    }

    private void Agrees<T>(int[] a, int[] b, long[] expected, int bits)
        where T : unmanaged, INumber<T>
    {
        var c = new T[M * N];
        Array.Fill(c, T.CreateTruncating(Before));
        MatrixView<T> left = Laid<T>(a, M, K, TransposedA), right = Laid<T>(b, K, N, TransposedB);
        MatrixProduct.Multiply(left, right, c, [], Accumulate, Threads, bits, default);
        int wrong = -1;
        for (int i = 0; i < c.Length && wrong < 0; i++)
        {
            wrong = c[i] == T.CreateTruncating(expected[i]) ? -1 : i;
        }

        wrong.ShouldBe(-1, $"{typeof(T).Name} {bits} {this}");
    }

    /// <summary>The matrix in memory that has no more elements than it spans; reading a gap spoils every sum.</summary>
    private MatrixView<T> Laid<T>(int[] elements, int rows, int columns, bool transposed)
        where T : unmanaged, INumber<T>
    {
        int step = 1 + (Gap / 2), stride = ((transposed ? rows : columns) * step) + Gap;
        (int row, int column) = transposed ? (step, stride) : (stride, step);
        var values = new T[((rows - 1) * row) + ((columns - 1) * column) + 1];
        Array.Fill(values, T.CreateTruncating(1 << 20));
        for (int i = 0; i < elements.Length; i++)
        {
            values[(i / columns * row) + (i % columns * column)] = T.CreateTruncating(elements[i]);
        }

        return new MatrixView<T>(values, rows, columns, row, column);
    }
}
