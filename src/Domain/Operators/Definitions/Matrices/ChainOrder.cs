using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Operators.Definitions.Matrices;

/// <summary>
/// The order of the products in a chain of matrices that needs the fewest operations. Source: Cormen, Leiserson, Rivest and Stein, Introduction to
/// algorithms, section 15.2.
/// </summary>
internal static class ChainOrder
{
    /// <summary>The product of all factors.</summary>
    public static Node Product(GraphBuilder b, Node[] factors)
    {
        int n = factors.Length;
        var cut = new int[n, n];
        var cost = new double[n, n];
        double[] extents = [factors[0].Shape.Rank == 1 ? 1 : factors[0].Shape[0],
            .. factors.Select((factor, i) => Columns(factor, i == 0 || n == 1))];
        for (int length = 2; length <= n; length++)
        {
            b.Cancellation.ThrowIfCancellationRequested();
            for (int first = 0; first + length <= n; first++)
            {
                int last = first + length - 1;
                (cut[first, last], cost[first, last]) = Enumerable.Range(first, length - 1)
                    .Select(k => (k, cost[first, k] + cost[k + 1, last] + (extents[first] * extents[k + 1] * extents[last + 1])))
                        .MinBy(pair => pair.Item2);
            }
        }

        return Product(0, n - 1);

        Node Product(int first, int last) => first == last ? factors[first]
            : b.MatMul(Product(first, cut[first, last]), Product(cut[first, last] + 1, last));
    }

    private static double Columns(Node factor, bool isFirst) => factor.Shape.Rank == 2 ? factor.Shape[1] : isFirst ? factor.Shape[0] : 1;
}
