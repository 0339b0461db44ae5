using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Tests.Costs;

/// <summary>
/// FLOPs of an Einstein summation from left to right: indices of only one operand are summed first, then each pair is multiplied and added over all
/// its indices.
/// </summary>
internal static class EinsumCount
{
    public static long Of(string equation, Shape[] shapes)
    {
        string[] sides = equation.Split("->");
        string[] terms = [.. sides[0].Split(',').Zip(shapes, (term, shape) => Spelled(term, shape.Rank))];
        int ellipsis = terms.Max(term => term.Count(char.IsUpper));
        string output = sides.Length == 2
            ? sides[1].Replace("...", Capitals(ellipsis), StringComparison.Ordinal)
            : string.Concat(terms.SelectMany(term => term).GroupBy(label => label).Where(group => char.IsUpper(group.Key) || group.Count() == 1).Select(group => group.Key));
        var extents = new Dictionary<char, long>();
        foreach ((string term, Shape shape) in terms.Zip(shapes))
        {
            for (int i = 0; i < term.Length; i++)
            {
                extents[term[i]] = Math.Max(extents.GetValueOrDefault(term[i]), shape[i]);
            }
        }

        long flops = 0;
        string left = Distinct(terms[0]);
        for (int i = 1; i <= terms.Length; i++)
        {
            left = Without(left, output + string.Concat(terms.Skip(i)));
            if (i < terms.Length)
            {
                string right = Without(Distinct(terms[i]), output + string.Concat(terms.Skip(i + 1)) + left), all = Distinct(left + right);
                flops += 2 * Elements(all);
                left = string.Concat(all.Where(label => (output + string.Concat(terms.Skip(i + 1))).Contains(label) || !(left.Contains(label) && right.Contains(label))));
            }
        }

        return flops;

        // Sums over the indices that are not needed any more.
        string Without(string labels, string needed)
        {
            string kept = string.Concat(labels.Where(needed.Contains));
            flops += kept.Length < labels.Length ? Elements(labels) : 0;
            return kept;
        }

        long Elements(string labels) => labels.Aggregate(1L, (n, label) => n * extents[label]);
    }

    private static string Distinct(string labels) => string.Concat(labels.Distinct());

    private static string Spelled(string term, int rank) => term.Replace("...", Capitals(rank - term.Replace("...", "", StringComparison.Ordinal).Length), StringComparison.Ordinal);

    // The axes of an ellipsis, counted from the right as broadcasting does.
    private static string Capitals(int count) => string.Concat(Enumerable.Range(0, count).Reverse().Select(i => (char)('A' + i)));
}
