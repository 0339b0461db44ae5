namespace Backprop.Infrastructure.Formats.Diagrams.Layout;

/// <summary>
/// Step 3 of a layered drawing: heights inside the columns. Each column in turn is moved as near as possible, in least squares, to the heights of its
/// neighbours, keeping order and distances; edges between passages have the largest weight, so that long edges run straight.
/// </summary>
internal static class VerticalPlacement
{
    private const int Rounds = 10;

    /// <summary>Sets <see cref="Vertex.Y"/>; the highest point of the drawing is at 0.</summary>
    /// <param name="graph">The columns.</param>
    /// <param name="gap">The least distance between neighbours.</param>
    public static void Apply(LayeredGraph graph, double gap)
    {
        foreach (var layer in graph.Layers)
        {
            Place(layer, gap, vertex => (vertex.Y, 1));
        }

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var layer in graph.Layers)
            {
                Place(layer, gap, vertex => Wish(vertex, rightwards: true, leftwards: false));
            }

            foreach (var layer in graph.Layers.Reverse())
            {
                Place(layer, gap, vertex => Wish(vertex, rightwards: false, leftwards: true));
            }
        }

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var layer in round % 2 == 0 ? graph.Layers : graph.Layers.Reverse())
            {
                Place(layer, gap, vertex => Wish(vertex, rightwards: true, leftwards: true));
            }
        }

        Straighten(graph, gap);
        var top = graph.Layers.SelectMany(layer => layer).Select(vertex => vertex.Top).DefaultIfEmpty().Min();
        foreach (var vertex in graph.Layers.SelectMany(layer => layer))
        {
            vertex.Y -= top;
        }
    }

    private static (double Y, double Weight) Wish(Vertex vertex, bool rightwards, bool leftwards)
    {
        var (sum, weight) = (0.0, 0.0);
        void Follow(Vertex neighbour)
        {
            var pull = (vertex.IsBox ? 1 : 2) * (neighbour.IsBox ? 1 : 2);
            sum += pull * (neighbour.Y + neighbour.ForwardOffset - vertex.ForwardOffset);
            weight += pull;
        }

        if (rightwards)
        {
            vertex.Left.ForEach(Follow);
        }

        if (leftwards)
        {
            vertex.Right.ForEach(Follow);
        }

        return weight > 0 ? (sum / weight, weight) : (vertex.Y, 0.1);
    }

    /// <summary>
    /// Removes small steps from long edges: each passage takes the height of the one before, as far as there is space. First from below, then from
    /// above, so that neighbours make space for each other.
    /// </summary>
    private static void Straighten(LayeredGraph graph, double gap)
    {
        foreach (var layer in graph.Layers)
        {
            for (var i = layer.Length - 1; i >= 0; i--)
            {
                Level(layer, gap, i);
            }

            for (var i = 0; i < layer.Length; i++)
            {
                Level(layer, gap, i);
            }
        }
    }

    private static void Level(Vertex[] layer, double gap, int place)
    {
        var vertex = layer[place];
        if (vertex.IsBox || (vertex.IsLabel && vertex.Left[0].IsBox))
        {
            return;
        }

        var half = vertex.Height / 2;
        var highest = place == 0 ? double.MinValue : layer[place - 1].Bottom + gap + half;
        var lowest = place == layer.Length - 1 ? double.MaxValue : layer[place + 1].Top - gap - half;
        var before = vertex.Left[0].Y + vertex.Left[0].ForwardOffset;
        vertex.Y = Math.Max(highest, Math.Min(lowest, before - vertex.ForwardOffset));
    }

    /// <summary>
    /// Isotonic regression by pooling adjacent violators: minus the space of those above, the heights of a column must not decrease; vertices with
    /// conflicting targets move as one block to the mean of their targets.
    /// </summary>
    private static void Place(Vertex[] layer, double gap, Func<Vertex, (double Y, double Weight)> wish)
    {
        var room = new double[layer.Length];
        var blocks = new Stack<(double Mean, double Weight, int Count)>();
        for (var i = 0; i < layer.Length; i++)
        {
            if (i > 0)
            {
                room[i] = room[i - 1] + ((layer[i - 1].Height + layer[i].Height) / 2) + gap;
            }

            var (y, weight) = wish(layer[i]);
            var block = (Mean: y - room[i], Weight: weight, Count: 1);
            while (blocks.TryPeek(out var above) && above.Mean > block.Mean)
            {
                blocks.Pop();
                var total = above.Weight + block.Weight;
                block = (((above.Mean * above.Weight) + (block.Mean * block.Weight)) / total, total, above.Count + block.Count);
            }

            blocks.Push(block);
        }

        var last = layer.Length;
        foreach (var (mean, _, count) in blocks)
        {
            for (var i = last - count; i < last; i++)
            {
                layer[i].Y = mean + room[i];
            }

            last -= count;
        }
    }
}
