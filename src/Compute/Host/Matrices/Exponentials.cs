namespace Backprop.Compute.Host.Matrices;

/// <summary>
/// The exponential of a matrix: a Padé approximant of degree 13 of the scaled-down matrix, squared repeatedly. Source: Higham, The scaling and
/// squaring method for the matrix exponential revisited, 2005.
/// </summary>
internal static class Exponentials
{
    private const double LargestNorm = 5.371920351148152;

    private static readonly double[] Coefficients =
    [
        64764752532480000, 32382376266240000, 7771770303897600, 1187353796428800, 129060195264000, 10559470521600, 670442572800, 33522128640,
            1323241920, 40840800, 960960, 16380, 182, 1,
    ];

    /// <summary>e^A.</summary>
    public static void Expm(MatrixWork work)
    {
        int n = work.Rows;
        if (!work.IsFinite())
        {
            work.Fail();
            return;
        }

        int squarings = Math.Max(0, Math.ILogB(Norm(work.A, n) / LargestNorm) + 1);
        double[] a = [.. work.A.Select(x => Math.ScaleB(x, -squarings))];
        double[] square = Product(a, a, n, work), fourth = Product(square, square, n, work), sixth = Product(square, fourth, n, work);
        double[] odd = Sum(n, Product(sixth, Sum(n, null, (13, sixth), (11, fourth), (9, square)), n, work), (7, sixth), (5, fourth), (3, square),
            (1, null));
        double[] even = Sum(n, Product(sixth, Sum(n, null, (12, sixth), (10, fourth), (8, square)), n, work), (6, sixth), (4, fourth), (2, square),
            (0, null));
        double[] u = Product(a, odd, n, work), below = new double[n * n], x = new double[n * n];
        for (int i = 0; i < x.Length; i++)
        {
            (below[i], x[i]) = (even[i] - u[i], even[i] + u[i]);
        }

        if (!Elimination.TrySolve(below, x, n, n, work))
        {
            work.Fail();
            return;
        }

        for (int i = 0; i < squarings; i++)
        {
            x = Product(x, x, n, work);
        }

        x.CopyTo(work.Result.AsSpan());
    }

    private static double Norm(double[] a, int n)
    {
        double largest = 0;
        for (int j = 0; j < n; j++)
        {
            largest = Math.Max(largest, Enumerable.Range(0, n).Sum(i => Math.Abs(a[(i * n) + j])));
        }

        return largest;
    }

    // The start value plus the powers multiplied by the coefficients; null is the identity.
    private static double[] Sum(int n, double[]? start, params ReadOnlySpan<(int Coefficient, double[]? Power)> terms)
    {
        double[] sum = start ?? new double[n * n];
        foreach ((int coefficient, double[]? power) in terms)
        {
            double factor = Coefficients[coefficient];
            if (power is not null)
            {
                Vectors.Add(factor, power, sum);
            }

            for (int i = 0; i < n && power is null; i++)
            {
                sum[(i * n) + i] += factor;
            }
        }

        return sum;
    }

    private static double[] Product(double[] x, double[] y, int n, MatrixWork work)
    {
        var result = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            Span<double> row = result.AsSpan(i * n, n);
            for (int k = 0; k < n; k++)
            {
                work.Before(n);
                if (x[(i * n) + k] != 0)
                {
                    Vectors.Add(x[(i * n) + k], y.AsSpan(k * n, n), row);
                }
            }
        }

        return result;
    }
}
