namespace Backprop.Compute.Host.Matrices;

/// <summary>LU factorization with partial pivoting, and what follows from it. Source: Golub and Van Loan, Matrix computations, section 3.4.</summary>
internal static class Elimination
{
    /// <summary>X with A·X = B.</summary>
    public static void Solve(MatrixWork work)
    {
        if (TrySolve(work.A, work.B, work.Rows, work.Node.Shape[^1], work))
        {
            work.B.CopyTo(work.Result.AsSpan());
        }
        else
        {
            work.Fail();
        }
    }

    /// <summary>ln |det A|; −∞ for a singular matrix.</summary>
    public static void LogAbsDet(MatrixWork work)
    {
        int n = work.Rows;
        Factorize(work.A, [], n, 0, work);
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            sum += Math.Log(Math.Abs(work.A[(i * n) + i]));
        }

        work.Result[0] = sum;
    }

    /// <summary>The sign of det A; 0 for a singular matrix.</summary>
    public static void DetSign(MatrixWork work)
    {
        int n = work.Rows;
        double sign = Factorize(work.A, [], n, 0, work) ? -1 : 1;
        for (int i = 0; i < n; i++)
        {
            double pivot = work.A[(i * n) + i];
            sign = double.IsNaN(pivot) ? double.NaN : sign * Math.Sign(pivot);
        }

        work.Result[0] = sign;
    }

    /// <summary>Overwrites B with A⁻¹·B, which has <paramref name="columns"/> columns, and A with its factors; false if A is singular.</summary>
    public static bool TrySolve(double[] a, double[] b, int n, int columns, MatrixWork work)
    {
        Factorize(a, b, n, columns, work);
        for (int i = n - 1; i >= 0; i--)
        {
            double pivot = a[(i * n) + i];
            if (pivot == 0 || !double.IsFinite(pivot))
            {
                return false;
            }

            Span<double> row = b.AsSpan(i * columns, columns);
            for (int j = i + 1; j < n; j++)
            {
                work.Before(columns);
                Vectors.Add(-a[(i * n) + j], b.AsSpan(j * columns, columns), row);
            }

            for (int k = 0; k < columns; k++)
            {
                row[k] /= pivot;
            }
        }

        return true;
    }

    // Row by row, together with the right-hand side; true if an odd number of rows was swapped.
    private static bool Factorize(double[] a, double[] b, int n, int columns, MatrixWork work)
    {
        bool isOdd = false;
        for (int k = 0; k < n; k++)
        {
            int pivot = Pivot(a, n, k);
            if (pivot != k)
            {
                Exchange(a.AsSpan(k * n, n), a.AsSpan(pivot * n, n));
                Exchange(b.AsSpan(k * columns, columns), b.AsSpan(pivot * columns, columns));
                isOdd = !isOdd;
            }

            double head = a[(k * n) + k];
            for (int i = k + 1; i < n && head != 0; i++)
            {
                work.Before(n - k + columns);
                double factor = a[(i * n) + k] / head;
                if (factor != 0)
                {
                    Vectors.Add(-factor, a.AsSpan((k * n) + k + 1, n - k - 1), a.AsSpan((i * n) + k + 1, n - k - 1));
                    Vectors.Add(-factor, b.AsSpan(k * columns, columns), b.AsSpan(i * columns, columns));
                }
            }
        }

        return isOdd;
    }

    private static int Pivot(double[] a, int n, int k)
    {
        int best = k;
        for (int i = k + 1; i < n; i++)
        {
            if (Math.Abs(a[(i * n) + k]) > Math.Abs(a[(best * n) + k]) || double.IsNaN(a[(i * n) + k]))
            {
                best = i;
            }
        }

        return best;
    }

    private static void Exchange(Span<double> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            (x[i], y[i]) = (y[i], x[i]);
        }
    }
}
