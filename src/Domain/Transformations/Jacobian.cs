using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Transformations;

/// <summary>The mode in which a Jacobian is computed.</summary>
public enum JacobianMode
{
    /// <summary>The cheaper one: reverse on a tie.</summary>
    Auto,

    /// <summary>By columns, one for each input element.</summary>
    Forward,

    /// <summary>By rows, one for each output element.</summary>
    Reverse,
}

/// <summary>
/// The derivatives of some outputs with respect to some inputs in one matrix: the outputs' elements as rows, the inputs' as columns.
/// </summary>
/// <param name="Matrix">[elements of the outputs, elements of the inputs].</param>
/// <param name="Outputs">The indices of the outputs, in the order of the rows.</param>
/// <param name="Wrt">The indices of the inputs, in the order of the columns.</param>
public sealed record JacobianPanel(Node Matrix, IReadOnlyList<int> Outputs, IReadOnlyList<int> Wrt);

/// <summary>A Jacobian and how it was computed.</summary>
/// <param name="Panels">One matrix per element type: each pair of an output and an input is in one of them.</param>
/// <param name="Mode">Forward or reverse.</param>
/// <param name="Passes">Columns or rows.</param>
public sealed record JacobianPanels(IReadOnlyList<JacobianPanel> Panels, JacobianMode Mode, int Passes);

/// <summary>
/// Jacobians: one product per basis vector, all of them together as a batch. The graph grows with the outputs and inputs and not with their pairs:
/// blocks are cut out of the results.
/// </summary>
public static class Jacobian
{
    /// <summary>The Jacobian of <paramref name="outputs"/> with respect to <paramref name="wrt"/>.</summary>
    /// <exception cref="InvalidOperandException">It has more elements than a value may have.</exception>
    public static JacobianPanels Of(
        GraphBuilder b, IReadOnlyList<Node> outputs, IReadOnlyList<Node> wrt, JacobianMode mode, CancellationToken cancellationToken = default)
    {
        long columns = wrt.Sum(node => node.Type.Count);
        long rows = outputs.Sum(node => node.Type.Count);
        if (columns > b.MaxElements / Math.Max(rows, 1) || rows > b.MaxElements)
        {
            throw new InvalidOperandException($"a Jacobian of {rows} rows and {columns} columns has more elements than Limits:MaxElements = " +
                $"{b.MaxElements}");
        }

        bool forward = mode == JacobianMode.Forward || (mode == JacobianMode.Auto && columns < rows);
        int passes = (int)(forward ? columns : rows);
        IEnumerable<JacobianPanel> panels = forward
            ? ByColumns(b, outputs, wrt, passes, cancellationToken)
            : ByRows(b, outputs, wrt, passes, cancellationToken);
        return new JacobianPanels([.. panels], forward ? JacobianMode.Forward : JacobianMode.Reverse, passes);
    }

    /// <summary>The block of one output with respect to one input, of shape output + input.</summary>
    public static Node Block(GraphBuilder b, Node output, Node input, CancellationToken cancellationToken = default) =>
        b.Reshape(Of(b, [output], [input], JacobianMode.Auto, cancellationToken).Panels[0].Matrix,
            Shape.Of([.. output.Shape.Dims, .. input.Shape.Dims]));

    private static IEnumerable<JacobianPanel> ByColumns(
        GraphBuilder b, IReadOnlyList<Node> outputs, IReadOnlyList<Node> wrt, int passes, CancellationToken cancellationToken)
    {
        var graph = new Graph([], [.. outputs.Select(node => new NamedNode(string.Empty, node))], cancellationToken);
        Node[] seeds = Placeholders(b, wrt);
        Node?[] tangents = ForwardMode.Pushforward(b, graph, Paired(wrt, seeds), cancellationToken);
        Node[] made = [.. tangents.Select((t, i) => t ?? b.Full(outputs[i].Type, 0))];
        Node[] columns = Batching.Apply(b, made, Paired(seeds, Basis(b, wrt, passes)), passes, cancellationToken);
        int[] all = [.. Enumerable.Range(0, wrt.Count)];
        return ByType(columns).Select(places => new JacobianPanel(b.Transpose(Beside(b, columns, places, passes), 1, 0), places, all));
    }

    private static IEnumerable<JacobianPanel> ByRows(
        GraphBuilder b, IReadOnlyList<Node> outputs, IReadOnlyList<Node> wrt, int passes, CancellationToken cancellationToken)
    {
        var graph = new Graph([], [.. outputs.Select(node => new NamedNode(string.Empty, node))], cancellationToken);
        Node[] seeds = Placeholders(b, outputs);
        Node?[] cotangents = ReverseMode.Pullback(b, graph.Nodes, Summed(b, outputs, seeds), wrt, cancellationToken);
        Node[] made = [.. cotangents.Select((c, i) => c ?? b.Full(wrt[i].Type, 0))];
        Node[] rows = Batching.Apply(b, made, Paired(seeds, Basis(b, outputs, passes)), passes, cancellationToken);
        return ByType(rows).Select(places => new JacobianPanel(Beside(b, rows, places, passes), [.. Enumerable.Range(0, outputs.Count)], places));
    }

    // Only values of one type can share a matrix.
    private static IEnumerable<int[]> ByType(Node[] nodes) =>
        Enumerable.Range(0, nodes.Length).GroupBy(i => nodes[i].DType).Select(places => places.ToArray());

    // [passes] + shape of each, as [passes, elements of all].
    private static Node Beside(GraphBuilder b, Node[] all, int[] places, int passes) =>
        b.Concat([.. places.Select(i => b.Reshape(all[i], Shape.Of(passes, (int)Shape.Of(all[i].Shape.Dims[1..]).Count)))], 1);

    private static Node[] Placeholders(GraphBuilder b, IReadOnlyList<Node> nodes) => [.. nodes.Select(node => b.Input(string.Empty, node.Type))];

    // The rows of an identity matrix, cut into one piece for each value and reshaped to its shape.
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
}
