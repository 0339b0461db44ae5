using Backprop.Domain.Graphs;
using Backprop.Testing.Samples;

namespace Backprop.Domain.Tests.Costs;

/// <summary>FLOPs of scans, of operators that depend on the order of elements, and of linear algebra, counted only from shapes.</summary>
internal static class MatrixCount
{
    public static long Of(Sample sample, Shape result)
    {
        Shape x = sample.ShapeOf(0);
        return sample.Operator switch
        {
            "CumProd" => Steps(x, sample.Arguments.Count > 1 ? sample.Form == "last" ? x.Rank - 1 : 0 : sample.Axis("axis", 0)),
            "CumMax" or "CumMin" => (sample.Form == "integers" ? 1 : 3) * Steps(x, sample.Axis("axis", 0)),
            "LogCumSumExp" => 7 * Steps(x, sample.Axis("axis", 0)),
            "Flip" or "Roll" or "Rot90" or "MoveAxis" or "SwapAxes" or "Stack" or "Repeat" or "BlockDiag" => 0,
            "TensorInverse" => Elimination((long)Math.Sqrt(x.Count)) + (2 * x.Count * (long)Math.Sqrt(x.Count)) + x.Count,
            "SearchSorted" => result.Count * Search(x.Count),
            "Interp" => result.Count * (Search(sample.ShapeOf(1).Count) + 12),
            "Polyval" => 2 * result.Count * (x.Count - 1),
            "Convolve" or "Correlate" => 2 * result.Count * Math.Min(x.Count, sample.ShapeOf(1).Count),
            "Sort" => x.Count,
            "Quantile" => x.Count + Lines(sample, x) + (sample.Form is "lower" or "higher" or "nearest" or "median" or "several kept" ? 0 : 3 * result.Count),
            "Diagonal" => 0,
            "Diag" => x.Rank == 2 ? 0 : result.Count + result[0],
            "Kron" => result.Count,
            "Cross" => 3 * result.Count,
            "Tensordot" => 2 * (long)Math.Sqrt(x.Count * (double)sample.ShapeOf(1).Count * result.Count),
            "MultiDot" => sample.Form switch { "one" => 0, "matrices" => 2 * ((2 * 4 * 3) + (2 * 3 * 2)), _ => 2 * ((3 * 4) + 3) },
            _ => OfMatrices(sample, result, x[^2], x[^1], result.Count == 0 ? 0 : x.CountOf(0, x.Rank - 2)),
        };
    }

    private static long OfMatrices(Sample sample, Shape result, long m, long n, long matrices)
    {
        (long most, long least) = (Math.Max(m, n), Math.Min(m, n));
        long decomposition = (14 * most * least * least) + (8 * least * least * least), columns = sample.Arguments.Count == 2 && sample.ShapeOf(1).Rank > 1 ? sample.ShapeOf(1)[^1] : 1;
        long systems = sample.Arguments.Count == 2 && result.Rank > 1 ? result.CountOf(0, result.Rank - 2) : 1;
        return sample.Operator switch
        {
            "Solve" => systems * (Elimination(n) + (2 * n * n * columns)),
            "TriangularSolve" => systems * n * n * columns,
            "Inverse" => (matrices * (Elimination(n) + (2 * n * n * n))) + (n * n),
            "Slogdet" => matrices * ((2 * Elimination(n)) + (4 * n)),
            "LogAbsDet" => matrices * (Elimination(n) + (3 * n)),
            "DetSign" => matrices * (Elimination(n) + n),
            "PackedQR" => matrices * Enumerable.Range(0, (int)least).Sum(j => 8 * (m - j) * (least - j)),
            "PackedEigh" => matrices * 9 * n * n * n,
            "PackedSVD" => matrices * decomposition,
            "Cholesky" => matrices * ((n * (n + 1) * ((2 * n) + 1) / 6) + (2 * n * n)),
            "QR" => matrices * (Enumerable.Range(0, (int)least).Sum(j => 8 * (m - j) * (least - j)) + (n > m ? 2 * m * m * (n - m) : 0)),
            "Eigh" => matrices * ((2 * n * n) + (4 * n * n * n) + (sample.Outputs.Count > 1 ? 9 * n * n * n : 0)),
            "Eigvalsh" => matrices * ((4 * n * n * n) + (2 * n * n)),
            "Svdvals" => matrices * 4 * most * least * least,
            "SVD" => matrices * ((4 * most * least * least) + (sample.Outputs[0].Length > 0 ? decomposition : 0)),
            "Pinv" => matrices * (decomposition + (2 * most * least * least)),
            "Expm" => matrices * 28 * n * n * n,
            "MatrixPower" => sample.Form switch
            {
                "0" => n * n,
                "1" => 0,
                "5" => 3 * 2 * n * n * n,
                _ => (2 * n * n * n) + Elimination(n) + (2 * n * n * n) + (n * n),
            },
            _ => throw new InvalidOperationException($"{sample.Operator} is not counted"),
        };
    }

    // Divisions by each pivot, and a product and a difference for each element right of and below it.
    private static long Elimination(long n)
    {
        long flops = 0;
        for (long left = n - 1; left > 0; left--)
        {
            flops += left + (2 * left * left);
        }

        return flops;
    }

    private static long Steps(Shape x, int axis)
    {
        long elements = 0;
        for (int distance = 1; distance < x[axis]; distance *= 2)
        {
            elements += x.Count / x[axis] * (x[axis] - distance);
        }

        return elements;
    }

    private static long Search(long points) => 1 + (7 * (1 + long.Log2(points)));

    private static long Lines(Sample sample, Shape x) => sample.Attributes.ContainsKey("axis") ? x.Count / x[sample.Axis("axis", 0)] : 1;
}
