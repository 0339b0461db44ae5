using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Domain.Transformations;

/// <summary>
/// The cotangents that arrive at each value, summed. Parts padded with zeros, which the transpose of a slice makes, are held until all have arrived:
/// adjacent ones are concatenated instead of added, so that a value cut into n parts takes n steps and not n².
/// </summary>
internal sealed class Cotangents(GraphBuilder b)
{
    private readonly Dictionary<Node, Node> sums = [];
    private readonly Dictionary<Node, List<Node>> parts = [];

    /// <summary>Adds a contribution to a value, of its type.</summary>
    public void Add(Node value, Node contribution)
    {
        if (!IsPart(contribution))
        {
            sums[value] = sums.TryGetValue(value, out Node? sum) ? SelectedCotangent.Sum(b, value, sum, contribution) : contribution;
        }
        else if (parts.TryGetValue(value, out List<Node>? waiting))
        {
            waiting.Add(contribution);
        }
        else
        {
            parts[value] = [contribution];
        }
    }

    /// <summary>The sum of all contributions to a value, or null.</summary>
    public Node? Of(Node value)
    {
        if (parts.Remove(value, out List<Node>? waiting))
        {
            foreach (Node joined in Joined(waiting))
            {
                b.Origin = joined.Origin;
                sums[value] = sums.TryGetValue(value, out Node? sum) ? b.Add(sum, joined) : joined;
            }
        }

        return sums.GetValueOrDefault(value);
    }

    private static bool IsPart(Node node) => node.Op == Layout.PadOp && node.Inputs[1].Value is { } border && border[0] == 0;

    private List<Node> Joined(List<Node> all)
    {
        var done = new List<Node>();
        var run = new List<Node>();
        int along = -1;
        foreach (Node part in all.OrderBy(Begins, Comparer<int[]>.Create((x, y) => x.AsSpan().SequenceCompareTo(y))))
        {
            b.Cancellation.ThrowIfCancellationRequested();
            int axis = run.Count == 0 ? -1 : AxisBetween(run[^1], part);
            if (run.Count > 0 && (axis < 0 || (run.Count > 1 && axis != along)))
            {
                done.Add(Concatenated(run, along));
                run.Clear();
            }

            along = axis;
            run.Add(part);
        }

        done.Add(Concatenated(run, along));
        return done;
    }

    // The only axis along which a part begins where the previous one ends, both being equal in all others; −1 if there is none.
    private static int AxisBetween(Node before, Node next)
    {
        int axis = -1;
        (int[] first, int[] second) = (Begins(before), Begins(next));
        for (int i = 0; i < next.Shape.Rank; i++)
        {
            (int begin, int extent) = (first[i], before.Inputs[0].Shape[i]);
            if (begin == second[i] && extent == next.Inputs[0].Shape[i])
            {
                continue;
            }

            if (axis >= 0 || begin + extent != second[i])
            {
                return -1;
            }

            axis = i;
        }

        return axis;
    }

    private Node Concatenated(List<Node> run, int axis)
    {
        if (run.Count == 1)
        {
            return run[0];
        }

        b.Origin = run[^1].Origin;
        int rank = run[0].Shape.Rank;
        int[] ends = run[0].Integers("pads")[rank..];
        ends[axis] = run[^1].Integers("pads")[rank + axis];
        return b.Pad(b.Concat([.. run.Select(part => part.Inputs[0])], axis), Begins(run[0]), ends);
    }

    private static int[] Begins(Node part) => part.Integers("pads")[..part.Shape.Rank];
}
