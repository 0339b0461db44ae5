using static Backprop.Compute.Host.Matrices.Rotations;

namespace Backprop.Compute.Host.Matrices;

/// <summary>
/// Singular values by the one-sided variant of Jacobi's method: columns are rotated until they are orthogonal. Sources: Golub and Van Loan, Matrix
/// computations, section 8.6.3; Demmel and Veselić, Jacobi's method is more accurate than QR, 1992.
/// </summary>
internal static class SingularValues
{
    /// <summary>Singular values in descending order.</summary>
    public static void Svdvals(MatrixWork work)
    {
        (int m, int n) = (work.Rows, work.Columns);
        if (!work.IsFinite())
        {
            work.Fail();
            return;
        }

        (double[] w, double scale) = m < n ? Scaled(work.A, 0) : Scaled(work.A, n);
        (m, n) = (Math.Max(m, n), Math.Min(m, n));
        Orthogonalize(w, null, m, n, work);
        for (int j = 0; j < n; j++)
        {
            work.Result[j] = -scale * Vectors.Norm(w.AsSpan(j * m, m));
        }

        Array.Sort(work.Result);
        for (int j = 0; j < n; j++)
        {
            work.Result[j] = -work.Result[j];
        }
    }

    /// <summary>U above the singular values in descending order above V.</summary>
    public static void SVD(MatrixWork work)
    {
        (int m, int n) = (work.Rows, work.Columns);
        if (Decompose(work.A, m, n, work) is not var (u, s, v))
        {
            work.Fail();
            return;
        }

        for (int j = 0; j < n; j++)
        {
            work.Before(m + n);
            double sign = Vectors.Sign(v.AsSpan(j * n, n));
            for (int i = 0; i < m; i++)
            {
                work.Result[(i * n) + j] = sign * u[(j * m) + i];
            }

            work.Result[(m * n) + j] = s[j];
            for (int i = 0; i < n; i++)
            {
                work.Result[((m + 1 + i) * n) + j] = sign * v[(j * n) + i];
            }
        }
    }

    /// <summary>The Moore–Penrose inverse.</summary>
    public static void Pinv(MatrixWork work)
    {
        bool isWide = work.Rows < work.Columns;
        (int m, int n) = isWide ? (work.Columns, work.Rows) : (work.Rows, work.Columns);
        if (Decompose(isWide ? Transposed(work.A, n, m) : work.A, m, n, work) is not var (u, s, v))
        {
            work.Fail();
            return;
        }

        double least = n == 0 ? 0 : work.Node.Attributes["rcond"].Numbers!.Value[0] * s[0];
        work.Result.AsSpan().Clear();
        for (int j = 0; j < n && s[j] > least; j++)
        {
            ReadOnlySpan<double> left = isWide ? u.AsSpan(j * m, m) : v.AsSpan(j * n, n), right = isWide ? v.AsSpan(j * n, n) : u.AsSpan(j * m, m);
            for (int i = 0; i < left.Length; i++)
            {
                work.Before(right.Length);
                Vectors.Add(left[i] / s[j], right, work.Result.AsSpan(i * right.Length, right.Length));
            }
        }
    }

    // Row j of U and V is the j-th vector; null if an element is not finite.
    private static (double[] U, double[] S, double[] V)? Decompose(double[] a, int m, int n, MatrixWork work)
    {
        if (!work.IsFinite())
        {
            return null;
        }

        (double[] w, double scale) = Scaled(a, n);
        double[] v = IdentityOf(n);
        Orthogonalize(w, v, m, n, work);
        double[] norms = [.. Enumerable.Range(0, n).Select(j => Vectors.Norm(w.AsSpan(j * m, m)))];
        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(j => norms[j])];
        (double[] u, double[] right) = (new double[n * m], new double[n * n]);
        for (int j = 0; j < n; j++)
        {
            v.AsSpan(order[j] * n, n).CopyTo(right.AsSpan(j * n, n));
            for (int i = 0; i < m; i++)
            {
                u[(j * m) + i] = norms[order[j]] == 0 ? 0 : w[(order[j] * m) + i] / norms[order[j]];
            }

            if (norms[order[j]] == 0)
            {
                Complete(u, m, j, work);
            }
        }

        return (u, [.. order.Select(j => norms[j] * scale)], right);
    }

    // Scaled to the largest element 1, so that no square leaves the range, and transposed if it has this many columns, so that each column becomes a
    // row.
    private static (double[] Matrix, double Scale) Scaled(double[] a, int columns)
    {
        double largest = a.Length == 0 ? 0 : a.Max(Math.Abs), scale = largest == 0 ? 1 : largest;
        double[] w = columns == 0 ? (double[])a.Clone() : Transposed(a, a.Length / columns, columns);
        for (int i = 0; i < w.Length; i++)
        {
            w[i] /= scale;
        }

        return (w, scale);
    }

    private static void Orthogonalize(double[] w, double[]? v, int m, int n, MatrixWork work)
    {
        for (int sweep = 0; sweep < MostSweeps && OrthogonalizeOnce(w, v, m, n, work); sweep++)
        {
        }
    }

    private static bool OrthogonalizeOnce(double[] w, double[]? v, int m, int n, MatrixWork work)
    {
        double tolerance = Unit * Math.Sqrt(m);
        bool isTurned = false;
        for (int p = 0; p < n - 1; p++)
        {
            for (int q = p + 1; q < n; q++)
            {
                work.Before(3L * m);
                Span<double> x = w.AsSpan(p * m, m), y = w.AsSpan(q * m, m);
                double first = Vectors.Dot(x, x), second = Vectors.Dot(y, y), across = Vectors.Dot(x, y);
                if (Math.Abs(across) <= tolerance * Math.Sqrt(first) * Math.Sqrt(second))
                {
                    continue;
                }

                work.Before(2L * (m + n));
                isTurned = true;
                (double s, double ratio, _) = Angle((second - first) / (2 * across));
                Vectors.Turn(x, y, s, ratio);
                if (v is not null)
                {
                    Vectors.Turn(v.AsSpan(p * n, n), v.AsSpan(q * n, n), s, ratio);
                }
            }
        }

        return isTurned;
    }

    // A unit vector orthogonal to the previous ones: of the unit vectors along the axes, the one with the largest remainder after projection,
    // orthogonalized.
    private static void Complete(double[] u, int m, int j, MatrixWork work)
    {
        var covered = new double[m];
        for (int k = 0; k < j * m; k++)
        {
            covered[k % m] += u[k] * u[k];
        }

        int axis = Array.IndexOf(covered, covered.Min());
        Span<double> vector = u.AsSpan(j * m, m);
        vector[axis] = 1;
        for (int k = 0; k < 2 * j; k++)
        {
            work.Before(m);
            ReadOnlySpan<double> other = u.AsSpan(k % j * m, m);
            Vectors.Add(-Vectors.Dot(other, vector), other, vector);
        }

        double norm = Vectors.Norm(vector);
        for (int i = 0; i < m; i++)
        {
            vector[i] /= norm;
        }
    }

    private static double[] Transposed(double[] a, int rows, int columns)
    {
        var result = new double[a.Length];
        for (int i = 0; i < a.Length; i++)
        {
            result[(i % columns * rows) + (i / columns)] = a[i];
        }

        return result;
    }
}
