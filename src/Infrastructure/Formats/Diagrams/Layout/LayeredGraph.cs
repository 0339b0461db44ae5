namespace Backprop.Infrastructure.Formats.Diagrams.Layout;

/// <summary>The space that a node's box or an edge's label needs, in pixels.</summary>
internal readonly record struct Size(double Width, double Height);

/// <summary>
/// A graph whose edges run only between neighbouring columns. Boxes are in the even columns, an edge's label in the odd column before its target; up
/// to there, all edges out of one node share a trunk of passages.
/// </summary>
internal sealed class LayeredGraph
{
    /// <summary>The distance between the forward line and the backward line of one edge.</summary>
    public const double Parallel = 9;

    private LayeredGraph(Vertex[] boxes, Vertex[][] paths, Vertex[][] layers) => (Boxes, Paths, Layers) = (boxes, paths, layers);

    /// <summary>The box of every node.</summary>
    public Vertex[] Boxes { get; }

    /// <summary>
    /// The vertices of every edge up to its target; the last but one carries the label. The longest edge out of a node starts at the node, the others
    /// where they leave the trunk, so that the paths together are at most as long as the number of vertices and edges.
    /// </summary>
    public Vertex[][] Paths { get; }

    /// <summary>The vertices of every column.</summary>
    public Vertex[][] Layers { get; }

    /// <summary>Creates the columns.</summary>
    /// <exception cref="DiagramTooLargeException">The edges together cross more columns than <paramref name="maxSegments"/>.</exception>
    public static LayeredGraph Build(Wiring wiring, int[] columns, Size[] boxSizes, Size[] labelSizes, long maxSegments)
    {
        var reach = wiring.Outgoing
            .Select((uses, node) => uses.Select(edge => 2 * (columns[wiring.To[edge]] - columns[node])).DefaultIfEmpty().Max())
            .ToArray();
        var segments = reach.Sum(columnsCrossed => (long)columnsCrossed);
        if (segments > maxSegments)
        {
            throw new DiagramTooLargeException("edge segments", maxSegments, segments);
        }

        var layers = columns.Length == 0 ? [] : Array.ConvertAll(new int[(2 * columns.Max()) + 1], _ => new List<Vertex>());
        Vertex Add(Vertex vertex)
        {
            layers[vertex.Layer].Add(vertex);
            return vertex;
        }

        var boxes = boxSizes.Select((size, node) => Add(Box(2 * columns[node], size))).ToArray();
        var paths = new Vertex[wiring.From.Length][];
        for (var node = 0; node < boxes.Length; node++)
        {
            var trunk = new List<Vertex> { boxes[node] };
            while (trunk.Count < reach[node] - 1)
            {
                trunk.Add(Follow(trunk[^1], Add(Passage(trunk[^1].Layer + 1))));
            }

            var drawn = false;
            foreach (var edge in wiring.Outgoing[node])
            {
                var target = boxes[wiring.To[edge]];
                var fork = trunk[target.Layer - 2 - trunk[0].Layer];
                var label = Follow(fork, Add(Label(target.Layer - 1, labelSizes[edge])));
                var longest = !drawn && fork == trunk[^1];
                drawn |= longest;
                paths[edge] = [.. longest ? trunk : [fork], label, Follow(label, target)];
            }
        }

        for (var node = 0; node < boxes.Length; node++)
        {
            boxes[node].Left.Clear();
            boxes[node].Left.AddRange(wiring.Incoming[node].Select(edge => paths[edge][^2])); // by operand
        }

        return new LayeredGraph(boxes, paths, Array.ConvertAll(layers, layer => layer.ToArray()));
    }

    private static Vertex Follow(Vertex left, Vertex right)
    {
        left.Right.Add(right);
        right.Left.Add(left);
        return right;
    }

    private static Vertex Box(int layer, Size size) => new(layer, size.Width, size.Height)
    {
        IsBox = true,
        ForwardOffset = -Parallel / 2,
        BackwardOffset = Parallel / 2,
    };

    private static Vertex Passage(int layer) => new(layer, 0, Parallel) { ForwardOffset = -Parallel / 2, BackwardOffset = Parallel / 2 };

    /// <summary>The forward line runs above the label, the backward line through its middle, hidden by it.</summary>
    private static Vertex Label(int layer, Size size)
    {
        if (size.Height == 0)
        {
            return Passage(layer);
        }

        var height = size.Height + Parallel;
        return new Vertex(layer, size.Width, height) { IsLabel = true, ForwardOffset = -height / 2, BackwardOffset = Parallel / 2 };
    }
}
