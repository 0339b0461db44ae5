using static Backprop.Compute.Host.Matrices.Rotations;

namespace Backprop.Compute.Host.Matrices;

/// <summary>
/// Eigenvalues of symmetric matrices by Jacobi's method, which computes small eigenvalues of a positive definite matrix to as many digits as the
/// matrix has. Sources: Golub and Van Loan, Matrix computations, section 8.5; Demmel and Veselić, Jacobi's method is more accurate than QR, 1992.
/// </summary>
internal static class Eigenvalues
{
    /// <summary>Eigenvalues in ascending order.</summary>
    public static void Eigvalsh(MatrixWork work)
    {
        int n = work.Rows;
        if (!work.IsFinite())
        {
            work.Fail();
            return;
        }

        Diagonalize(work.A, null, n, work);
        for (int i = 0; i < n; i++)
        {
            work.Result[i] = work.A[(i * n) + i];
        }

        Array.Sort(work.Result);
    }

    /// <summary>Eigenvalues in ascending order above the eigenvectors, which are columns.</summary>
    public static void Eigh(MatrixWork work)
    {
        int n = work.Rows;
        if (!work.IsFinite())
        {
            work.Fail();
            return;
        }

        double[] a = work.A, v = IdentityOf(n);
        Diagonalize(a, v, n, work);
        int[] order = [.. Enumerable.Range(0, n).OrderBy(i => a[(i * n) + i])];
        for (int j = 0; j < n; j++)
        {
            work.Before(n);
            work.Result[j] = a[(order[j] * n) + order[j]];
            Span<double> vector = v.AsSpan(order[j] * n, n);
            double sign = Vectors.Sign(vector);
            for (int i = 0; i < n; i++)
            {
                work.Result[((i + 1) * n) + j] = sign * vector[i];
            }
        }
    }

    private static void Diagonalize(double[] a, double[]? v, int n, MatrixWork work)
    {
        for (int sweep = 0; sweep < MostSweeps && Sweep(a, v, n, work); sweep++)
        {
        }
    }

    // True if a rotation was applied.
    private static bool Sweep(double[] a, double[]? v, int n, MatrixWork work)
    {
        bool isTurned = false;
        for (int p = 0; p < n - 1; p++)
        {
            for (int q = p + 1; q < n; q++)
            {
                work.Before(1);
                double across = a[(p * n) + q], first = a[(p * n) + p], second = a[(q * n) + q];
                if (Math.Abs(across) <= Unit * Math.Sqrt(Math.Abs(first)) * Math.Sqrt(Math.Abs(second)))
                {
                    continue;
                }

                work.Before(6L * n);
                isTurned = true;
                (double s, double ratio, double tangent) = Angle((second - first) / (2 * across));
                Vectors.Turn(a.AsSpan(p * n, n), a.AsSpan(q * n, n), s, ratio);
                a[(p * n) + p] = first - (tangent * across);
                a[(q * n) + q] = second + (tangent * across);
                a[(p * n) + q] = a[(q * n) + p] = 0;
                for (int i = 0; i < n; i++)
                {
                    (a[(i * n) + p], a[(i * n) + q]) = (a[(p * n) + i], a[(q * n) + i]);
                }

                if (v is not null)
                {
                    Vectors.Turn(v.AsSpan(p * n, n), v.AsSpan(q * n, n), s, ratio);
                }
            }
        }

        return isTurned;
    }
}
