using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Operators.Definitions.Matrices;

/// <summary>
/// Einstein summation as transposes, sums and matrix products: repeated indices are reduced to the diagonal, indices of only one operand are summed,
/// then the operands are contracted from left to right.
/// </summary>
internal sealed class EinsumBuilding(GraphBuilder b)
{
    // Letters represent themselves; the axes of an ellipsis are numbered from the right, as broadcasting aligns them.
    private const char FirstEllipsisAxis = '\u0100';

    /// <summary>Builds the graph of an equation such as <c>bij,bjk-&gt;bik</c>.</summary>
    public Node Build(string equation, Node[] operands)
    {
        string[] sides = equation.Replace(" ", string.Empty, StringComparison.Ordinal).Split("->");
        string[] terms = sides[0].Split(',');
        if (sides.Length > 2)
        {
            throw new InvalidOperandException($"equation '{equation}' has {sides.Length - 1} arrows; one '->' separates the indices of the " +
                $"operands from those of the result");
        }

        if (terms.Length != operands.Length)
        {
            throw new InvalidOperandException($"equation '{equation}' has {terms.Length} operands, {operands.Length} are given");
        }

        int ellipsis = 0;
        var labelled = new (Node Node, string Labels)[terms.Length];
        for (int i = 0; i < terms.Length; i++)
        {
            string labels = Labels(terms[i], operands[i].Shape.Rank, equation);
            ellipsis = Math.Max(ellipsis, labels.Count(IsEllipsisAxis));
            labelled[i] = Diagonal(operands[i], labels);
        }

        string output = sides.Length == 2 ? OutputLabels(sides[1], ellipsis, terms, equation)
            : Implicit(string.Concat(labelled.Select(t => t.Labels)), ellipsis, sides[0]);
        Broadcast(labelled);
        string[] needed = Needed(labelled, output);
        (Node Node, string Labels) joined = Summed(labelled[0], needed[1]);
        for (int i = 1; i < labelled.Length; i++)
        {
            joined = Summed(Join(joined, labelled[i], needed[i + 1]), needed[i + 1]);
        }

        return b.Transpose(joined.Node, [.. output.Select(label => joined.Labels.IndexOf(label))]);
    }

    // For each operand the distinct indices that the output, this operand or a later one has.
    private static string[] Needed((Node Node, string Labels)[] terms, string output)
    {
        var needed = new string[terms.Length + 1];
        needed[^1] = output;
        for (int i = terms.Length - 1; i >= 0; i--)
        {
            string behind = needed[i + 1];
            needed[i] = behind + string.Concat(terms[i].Labels.Where(label => !behind.Contains(label)));
        }

        return needed;
    }

    private static bool IsEllipsisAxis(char label) => label >= FirstEllipsisAxis;

    private static string Ellipsis(int axes) => string.Concat(Enumerable.Range(0, axes).Reverse().Select(i => (char)(FirstEllipsisAxis + i)));

    private static string Labels(string term, int rank, string equation)
    {
        string letters = term.Replace("...", string.Empty, StringComparison.Ordinal);
        bool dotted = term.Contains("...", StringComparison.Ordinal);
        if (!letters.All(char.IsAsciiLetter) || (dotted ? letters.Length > rank : letters.Length != rank))
        {
            throw new InvalidOperandException($"equation '{equation}': '{term}' does not fit an operand of rank {rank}");
        }

        return term.Replace("...", Ellipsis(rank - letters.Length), StringComparison.Ordinal);
    }

    private static string OutputLabels(string side, int ellipsis, string[] terms, string equation)
    {
        string labels = side.Replace("...", Ellipsis(ellipsis), StringComparison.Ordinal);
        HashSet<char> letters = [.. terms.SelectMany(term => term.Where(char.IsAsciiLetter))];
        bool known = side.Replace("...", string.Empty, StringComparison.Ordinal).All(letters.Contains);
        return known && labels.Distinct().Count() == labels.Length
            ? labels
            : throw new InvalidOperandException($"equation '{equation}': the output must name indices of the operands, each once");
    }

    // Without an arrow: the ellipsis, then the indices that occur once, in alphabetical order.
    private static string Implicit(string all, int ellipsis, string inputs)
    {
        Dictionary<char, int> counts = inputs.Where(char.IsAsciiLetter).CountBy(letter => letter).ToDictionary();
        return Ellipsis(ellipsis) + string.Concat(all.Where(l => !IsEllipsisAxis(l)).Distinct().Where(l => counts[l] == 1).Order());
    }

    private (Node Node, string Labels) Diagonal(Node x, string labels)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            int j = labels.IndexOf(labels[i], i + 1);
            if (j < 0)
            {
                continue;
            }

            int n = x.Shape[i];
            if (x.Shape[j] != n)
            {
                throw new InvalidOperandException($"index '{labels[i]}' has extents {n} and {x.Shape[j]}");
            }

            // The diagonal of the two axes, moved next to each other and flattened, is every (n+1)-th element.
            Node side = b.MoveAxis(x, j, i + 1);
            int[] dims = side.Shape.Dims.ToArray();
            Node flat = b.Reshape(side, Shape.Of([.. dims[..i], n * n, .. dims[(i + 2)..]]));
            int[] steps = LayoutBuilding.Ones(flat.Shape.Rank);
            steps[i] = n + 1;
            Node diagonal = b.Slice(flat, new int[flat.Shape.Rank], steps, Shape.Of([.. dims[..i], n, .. dims[(i + 2)..]]));
            return Diagonal(diagonal, labels.Remove(j, 1));
        }

        return (x, labels);
    }

    // An extent of 1 is expanded to that which the index has elsewhere (NumPy, PyTorch), for letters and ellipses alike.
    private void Broadcast((Node Node, string Labels)[] terms)
    {
        var extents = new Dictionary<char, int>();
        foreach ((Node node, string labels) in terms)
        {
            for (int i = 0; i < labels.Length; i++)
            {
                int extent = node.Shape[i];
                int known = extents.GetValueOrDefault(labels[i], extent);
                bool stretches = extent == 1 || known == 1;
                extents[labels[i]] = extent == known || stretches
                    ? known == 1 ? extent : known
                    : throw new InvalidOperandException($"index '{(IsEllipsisAxis(labels[i]) ? "..." : labels[i])}' has extents {known} " +
                        $"and {extent}");
            }
        }

        for (int t = 0; t < terms.Length; t++)
        {
            (Node node, string labels) = terms[t];
            terms[t].Node = b.Expand(node, Shape.Of([.. labels.Select(label => extents[label])]));
        }
    }

    private (Node Node, string Labels) Summed((Node Node, string Labels) term, string needed)
    {
        int[] axes = [.. Enumerable.Range(0, term.Labels.Length).Where(i => !needed.Contains(term.Labels[i]))];
        return axes.Length == 0
            ? term
            : (b.ReduceSum(term.Node, axes, false), string.Concat(term.Labels.Where(needed.Contains)));
    }

    private (Node Node, string Labels) Join((Node Node, string Labels) x, (Node Node, string Labels) y, string needed)
    {
        y = Summed(y, needed + x.Labels);
        string shared = string.Concat(x.Labels.Where(l => y.Labels.Contains(l)));
        string batch = string.Concat(shared.Where(needed.Contains));
        string contracted = string.Concat(shared.Where(l => !needed.Contains(l)));
        string left = string.Concat(x.Labels.Where(l => !shared.Contains(l)));
        string right = string.Concat(y.Labels.Where(l => !shared.Contains(l)));
        Node product = b.MatMul(Grouped(x, batch, left, contracted), Grouped(y, batch, contracted, right));
        int[] dims =
        [
            .. batch.Select(l => Extent(x, l)), .. left.Select(l => Extent(x, l)), .. right.Select(l => Extent(y, l)),
        ];
        return (b.Reshape(product, Shape.Of(dims)), batch + left + right);
    }

    // [batch…, first, second] with each group of indices as one axis.
    private Node Grouped((Node Node, string Labels) term, string batch, string first, string second)
    {
        Node ordered = b.Transpose(term.Node, [.. (batch + first + second).Select(l => term.Labels.IndexOf(l))]);
        int[] dims = [.. batch.Select(l => Extent(term, l)), Product(first), Product(second)];
        return b.Reshape(ordered, Shape.Of(dims));

        int Product(string labels) => labels.Aggregate(1, (n, l) => checked(n * Extent(term, l)));
    }

    private static int Extent((Node Node, string Labels) term, char label) => term.Node.Shape[term.Labels.IndexOf(label)];
}
