using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Compute.Host.Gemm.Microkernels;

namespace Backprop.Compute.Host.Gemm;

/// <summary>A row times a matrix, y = x·b, or y + x·b: bound by reading the matrix once, so it is read in memory order.</summary>
internal static unsafe class RowProduct<T, V, L>
    where T : unmanaged, INumber<T>
    where V : struct
    where L : struct, IGemmVector<T, V>
{
    // The terms between two checks of the token: a multiple of four rows, which are added together.
    private const int Terms = 1 << 14;
    private const int MostElements = 1 << 22;

    /// <summary>
    /// The product as that of a row, which a matrix times a column is when transposed; false if it is neither or cannot be read in order.
    /// </summary>
    public static bool IsRow(in Operands<T> operands, out Operands<T> row)
    {
        row = operands.M == 1 ? operands : operands with
        {
            M = 1,
            N = operands.M,
            A = operands.B,
            ColumnA = operands.RowB,
            B = operands.A,
            RowB = operands.ColumnA,
            ColumnB = operands.RowA,
        };
        return (operands.M == 1 || (operands.N == 1 && operands.RowC == 1)) && (row.ColumnB == 1 || IsDots(row));
    }

    /// <summary>Computes the results from <paramref name="from"/> to <paramref name="to"/>; the memory must not move.</summary>
    public static void Multiply(in Operands<T> row, int from, int to, CancellationToken cancellationToken)
    {
        T* y = row.C + from, b = row.B + (from * row.ColumnB);
        if (!row.Accumulate)
        {
            new Span<T>(y, to - from).Clear();
        }

        if (IsDots(row))
        {
            AddDots(row, b, y, to - from, cancellationToken);
        }
        else
        {
            AddRows(row, b, y, to - from, cancellationToken);
        }
    }

    private static bool IsDots(in Operands<T> row) => row.RowB == 1 && row.ColumnA == 1 && (row.ColumnB != 1 || row.N == 1);

    private static void AddRows(in Operands<T> operands, T* b, T* y, int count, CancellationToken cancellationToken)
    {
        for (int term = 0; term < operands.K; term += Terms)
        {
            cancellationToken.ThrowIfCancellationRequested();
            AddRows(
                operands.A + (term * operands.ColumnA), operands.ColumnA, b + (term * operands.RowB), operands.RowB,
                    Math.Min(Terms, operands.K - term), y, count);
        }
    }

    private static void AddRows(T* x, nint stepX, T* b, nint row, int k, T* y, int count)
    {
        int p = 0;
        for (; p + 4 <= k; p += 4)
        {
            T* x0 = x + (p * stepX);
            AddFour(*x0, x0[stepX], x0[2 * stepX], x0[3 * stepX], b + (p * row), row, y, count);
        }

        for (; p < k; p++)
        {
            T* from = b + (p * row);
            for (int i = 0; i < count; i++)
            {
                y[i] = T.MultiplyAddEstimate(x[p * stepX], from[i], y[i]);
            }
        }
    }

    /// <summary>y += x0·b[0] + x1·b[1] + x2·b[2] + x3·b[3], in this order: y is read and written once per four rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddFour(T x0, T x1, T x2, T x3, T* b0, nint row, T* y, int count)
    {
        T* b1 = b0 + row, b2 = b1 + row, b3 = b2 + row;
        V v0 = L.Fill(x0), v1 = L.Fill(x1), v2 = L.Fill(x2), v3 = L.Fill(x3);
        nint i = 0;
        for (; i + L.Count <= count; i += L.Count)
        {
            V sum = L.MultiplyAdd(v1, L.Load(b1 + i), L.MultiplyAdd(v0, L.Load(b0 + i), L.Load(y + i)));
            L.Store(L.MultiplyAdd(v3, L.Load(b3 + i), L.MultiplyAdd(v2, L.Load(b2 + i), sum)), y + i);
        }

        for (; i < count; i++)
        {
            T sum = T.MultiplyAddEstimate(x1, b1[i], T.MultiplyAddEstimate(x0, b0[i], y[i]));
            y[i] = T.MultiplyAddEstimate(x3, b3[i], T.MultiplyAddEstimate(x2, b2[i], sum));
        }
    }

    private static void AddDots(in Operands<T> operands, T* b, T* y, int count, CancellationToken cancellationToken)
    {
        int together = Math.Max(MostElements / operands.K, 1);
        for (int j = 0; j < count; j += together)
        {
            cancellationToken.ThrowIfCancellationRequested();
            AddDots(operands.A, b + (j * operands.ColumnB), operands.ColumnB, operands.K, y + j, Math.Min(together, count - j));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddDots(T* x, T* b, nint column, int k, T* y, int count)
    {
        for (int j = 0; j < count; j++, b += column)
        {
            // Four sums at a time hide the latency of the additions.
            V s0 = default, s1 = default, s2 = default, s3 = default;
            nint p = 0;
            for (; p + (4 * L.Count) <= k; p += 4 * L.Count)
            {
                T* at = b + p, xs = x + p;
                s0 = L.MultiplyAdd(L.Load(xs), L.Load(at), s0);
                s1 = L.MultiplyAdd(L.Load(xs + L.Count), L.Load(at + L.Count), s1);
                s2 = L.MultiplyAdd(L.Load(xs + (2 * L.Count)), L.Load(at + (2 * L.Count)), s2);
                s3 = L.MultiplyAdd(L.Load(xs + (3 * L.Count)), L.Load(at + (3 * L.Count)), s3);
            }

            for (; p + L.Count <= k; p += L.Count)
            {
                s0 = L.MultiplyAdd(L.Load(x + p), L.Load(b + p), s0);
            }

            T sum = L.Sum(L.Add(L.Add(s0, s1), L.Add(s2, s3)));
            for (; p < k; p++)
            {
                sum = T.MultiplyAddEstimate(x[p], b[p], sum);
            }

            y[j] += sum;
        }
    }
}
