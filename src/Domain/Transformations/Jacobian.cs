using Backprop.Domain.Graphs;

namespace Backprop.Domain.Transformations;

/// <summary>The side from which a Jacobian is built.</summary>
public enum JacobianMode
{
    /// <summary>The cheaper one: reverse on a tie.</summary>
    Auto,

    /// <summary>By columns, one for each input element.</summary>
    Forward,

    /// <summary>By rows, one for each output element.</summary>
    Reverse,
}

/// <summary>All blocks of a Jacobian and how they were had.</summary>
/// <param name="Blocks">For each output, for each input, the block of shape output + input.</param>
/// <param name="Mode">Forward or reverse.</param>
/// <param name="Passes">Columns or rows.</param>
public sealed record JacobianBlocks(Node[][] Blocks, JacobianMode Mode, int Passes);

/// <summary>Jacobians: one product for each basis vector, all of them together as a batch.</summary>
public static class Jacobian
{
    /// <summary>The blocks of the Jacobian of <paramref name="outputs"/> by <paramref name="wrt"/>.</summary>
    public static JacobianBlocks Of(
        GraphBuilder b, IReadOnlyList<Node> outputs, IReadOnlyList<Node> wrt, JacobianMode mode, CancellationToken cancellation = default)
    {
        long columns = wrt.Sum(node => node.Type.Count);
        long rows = outputs.Sum(node => node.Type.Count);
        if (columns > b.MaxElements / Math.Max(rows, 1) || rows > b.MaxElements)
        {
            throw new InvalidOperandException($"a Jacobian of {rows} rows and {columns} columns has more elements than Limits:MaxElements = {b.MaxElements}");
        }

        bool forward = mode == JacobianMode.Forward || (mode == JacobianMode.Auto && columns < rows);
        int passes = (int)(forward ? columns : rows);
        Node[][] blocks = forward ? ByColumns(b, outputs, wrt, passes, cancellation) : ByRows(b, outputs, wrt, passes, cancellation);
        return new JacobianBlocks(blocks, forward ? JacobianMode.Forward : JacobianMode.Reverse, passes);
    }

    private static Node[][] ByColumns(GraphBuilder b, IReadOnlyList<Node> outputs, IReadOnlyList<Node> wrt, int passes, CancellationToken cancellation)
    {
        var graph = new Graph([], [.. outputs.Select(node => new NamedNode(string.Empty, node))]);
        Node[] seeds = Placeholders(b, wrt);
        Node?[] tangents = ForwardMode.Pushforward(b, graph, Paired(wrt, seeds), cancellation);
        Node[] made = [.. tangents.Select((t, i) => t ?? b.Full(outputs[i].Type, 0))];
        Node[] columns = Batching.Apply(b, made, Paired(seeds, Basis(b, wrt, passes)), passes, cancellation);

        // [columns] + output → for each input its columns, moved behind the output's axes and shaped as the input.
        return [.. columns.Select((all, i) => Blocks(b, all, wrt, part =>
        {
            int[] perm = [.. Enumerable.Range(1, part.Shape.Rank - 1), 0];
            return b.Transpose(part, perm);
        }, input => Joined(outputs[i], input)))];
    }

    private static Node[][] ByRows(GraphBuilder b, IReadOnlyList<Node> outputs, IReadOnlyList<Node> wrt, int passes, CancellationToken cancellation)
    {
        var graph = new Graph([], [.. outputs.Select(node => new NamedNode(string.Empty, node))]);
        Node[] seeds = Placeholders(b, outputs);

        Node?[] cotangents = ReverseMode.Pullback(b, graph.Nodes, Summed(b, outputs, seeds), wrt, cancellation);
        Node[] made = [.. cotangents.Select((c, i) => c ?? b.Full(wrt[i].Type, 0))];
        Node[] rows = Batching.Apply(b, made, Paired(seeds, Basis(b, outputs, passes)), passes, cancellation);

        // [rows] + input → for each output its rows, shaped as output + input.
        Node[][] byInput = [.. rows.Select((all, j) => Blocks(b, all, outputs, part => part, output => Joined(output, wrt[j])))];
        return [.. outputs.Select((_, i) => byInput.Select(blocks => blocks[i]).ToArray())];
    }

    private static Node[] Blocks(GraphBuilder b, Node all, IReadOnlyList<Node> parts, Func<Node, Node> arrange, Func<Node, Shape> shape)
    {
        var blocks = new Node[parts.Count];
        int start = 0;
        for (int i = 0; i < blocks.Length; i++)
        {
            int count = (int)parts[i].Type.Count;
            blocks[i] = b.Reshape(arrange(b.SliceAxis(all, 0, start, count)), shape(parts[i]));
            start += count;
        }

        return blocks;
    }

    private static Node[] Placeholders(GraphBuilder b, IReadOnlyList<Node> nodes) => [.. nodes.Select(node => b.Input(string.Empty, node.Type))];

    // The rows of a unit matrix, cut into one piece for each value and shaped as it.
    private static Node[] Basis(GraphBuilder b, IReadOnlyList<Node> nodes, int passes)
    {
        var pieces = new Node[nodes.Count];
        Node row = b.Reshape(b.Iota(passes), Shape.Of(passes, 1));
        Node column = b.Reshape(b.Iota(passes), Shape.Of(1, passes));
        int start = 0;
        for (int i = 0; i < pieces.Length; i++)
        {
            int count = (int)nodes[i].Type.Count;
            Node unit = b.Cast(b.Equal(row, b.SliceAxis(column, 1, start, count)), nodes[i].DType);
            pieces[i] = b.Reshape(unit, Shape.Of([passes, .. nodes[i].Shape.Dims]));
            start += count;
        }

        return pieces;
    }

    private static Dictionary<Node, Node> Paired(IReadOnlyList<Node> keys, IReadOnlyList<Node> values)
    {
        var pairs = new Dictionary<Node, Node>();
        for (int i = 0; i < keys.Count; i++)
        {
            pairs[keys[i]] = values[i];
        }

        return pairs;
    }

    private static Dictionary<Node, Node> Summed(GraphBuilder b, IReadOnlyList<Node> outputs, Node[] seeds)
    {
        var sums = new Dictionary<Node, Node>();
        for (int i = 0; i < seeds.Length; i++)
        {
            sums[outputs[i]] = sums.TryGetValue(outputs[i], out Node? sum) ? b.Add(sum, seeds[i]) : seeds[i];
        }

        return sums;
    }

    private static Shape Joined(Node output, Node input) => Shape.Of([.. output.Shape.Dims, .. input.Shape.Dims]);
}
