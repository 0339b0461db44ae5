namespace Backprop.Compute.Host.Matrices;

/// <summary>Triangular systems, and the Cholesky factorization. Source: Golub and Van Loan, Matrix computations, sections 3.1 and 4.2.</summary>
internal static class Triangles
{
    /// <summary>X with T·X = B; a zero on the diagonal of T produces infinities and NaN.</summary>
    public static void Solve(MatrixWork work)
    {
        (int n, int columns) = (work.Rows, work.Node.Shape[^1]);
        (bool isLower, bool isUnit) = (work.Node.Flag("lower"), work.Node.Flag("unit_diagonal"));
        for (int step = 0; step < n; step++)
        {
            int i = isLower ? step : n - 1 - step;
            Span<double> row = work.B.AsSpan(i * columns, columns);
            for (int before = 0; before < step; before++)
            {
                int j = isLower ? before : n - 1 - before;
                work.Before(columns);
                Vectors.Add(-work.A[(i * n) + j], work.B.AsSpan(j * columns, columns), row);
            }

            for (int k = 0; k < columns && !isUnit; k++)
            {
                row[k] /= work.A[(i * n) + i];
            }
        }

        work.B.CopyTo(work.Result.AsSpan());
    }

    /// <summary>The lower factor; only the lower triangle of A is read.</summary>
    public static void Cholesky(MatrixWork work)
    {
        int n = work.Rows;
        double[] l = work.Result;
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> row = l.AsSpan(i * n, n);
            for (int j = 0; j <= i; j++)
            {
                work.Before(j + 1);
                double rest = work.A[(i * n) + j] - Vectors.Dot(row[..j], l.AsSpan(j * n, j));
                if (i == j && !(rest > 0 && double.IsFinite(rest)))
                {
                    work.Fail();
                    return;
                }

                l[(i * n) + j] = i == j ? Math.Sqrt(rest) : rest / l[(j * n) + j];
            }

            l.AsSpan((i * n) + i + 1, n - i - 1).Clear();
        }
    }
}
