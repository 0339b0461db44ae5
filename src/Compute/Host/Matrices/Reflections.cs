namespace Backprop.Compute.Host.Matrices;

/// <summary>
/// QR factorization by Householder reflections, with the signs of LAPACK: a diagonal element of R has the sign opposite to the original one, unless
/// all elements below it are already 0. Sources: Golub and Van Loan, Matrix computations, section 5.2; LAPACK, dlarfg.
/// </summary>
internal static class Reflections
{
    /// <summary>Q above R.</summary>
    public static void QR(MatrixWork work)
    {
        (int m, int n) = (work.Rows, work.Columns);
        double[] a = work.A, factors = new double[n];
        var vectors = new double[n][];
        for (int j = 0; j < n; j++)
        {
            (vectors[j], factors[j]) = Reflect(a, m, n, j, work);
        }

        Span<double> q = work.Result.AsSpan(0, m * n), r = work.Result.AsSpan(m * n);
        work.Result.AsSpan().Clear();
        for (int i = 0; i < n; i++)
        {
            a.AsSpan((i * n) + i, n - i).CopyTo(r[((i * n) + i)..]);
        }

        for (int i = 0; i < n; i++)
        {
            q[(i * n) + i] = 1;
        }

        for (int j = n - 1; j >= 0; j--)
        {
            Apply(vectors[j], factors[j], q, n, j, j, work);
        }
    }

    // I − factor·v·vᵀ makes all elements below the diagonal 0; v begins with 1.
    private static (double[] Vector, double Factor) Reflect(double[] a, int m, int n, int j, MatrixWork work)
    {
        var v = new double[m - j];
        for (int i = j; i < m; i++)
        {
            v[i - j] = a[(i * n) + j];
        }

        double head = v[0];
        if (Vectors.Norm(v.AsSpan(1)) == 0)
        {
            v[0] = 1;
            return (v, 0);
        }

        double turned = -Math.CopySign(Vectors.Norm(v), head), rest = head - turned;
        for (int i = 1; i < v.Length; i++)
        {
            v[i] /= rest;
        }

        v[0] = 1;
        double factor = (turned - head) / turned;
        Apply(v, factor, a, n, j, j + 1, work);
        a[(j * n) + j] = turned;
        return (v, factor);
    }

    private static void Apply(double[] v, double factor, Span<double> a, int n, int row, int column, MatrixWork work)
    {
        if (factor == 0 || column >= n)
        {
            return;
        }

        var sums = new double[n - column];
        for (int i = 0; i < v.Length; i++)
        {
            work.Before(2 * sums.Length);
            Vectors.Add(v[i], a.Slice(((row + i) * n) + column, sums.Length), sums);
        }

        for (int i = 0; i < v.Length; i++)
        {
            Vectors.Add(-factor * v[i], sums, a.Slice(((row + i) * n) + column, sums.Length));
        }
    }
}
