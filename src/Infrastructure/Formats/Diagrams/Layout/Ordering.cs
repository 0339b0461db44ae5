namespace Backprop.Infrastructure.Formats.Diagrams.Layout;

/// <summary>
/// Step 2 of a layered drawing: the order inside every column, with few crossings. Alternating barycentre sweeps (Sugiyama, Tagawa and Toda 1981);
/// the best order seen is kept.
/// </summary>
internal static class Ordering
{
    private const int Sweeps = 24;
    private const int MostStarts = 12;

    /// <summary>The maximum number of vertices that all sweeps together visit, so that a large graph takes seconds at most.</summary>
    private const int Effort = 2_000_000;

    /// <summary>Sets <see cref="Vertex.Order"/> and sorts every column by it.</summary>
    public static void Apply(LayeredGraph graph)
    {
        var size = Math.Max(graph.Layers.Sum(layer => layer.Length), 1);
        var sweeps = Math.Clamp(Effort / size, 2, Sweeps);
        var starts = Math.Clamp(Effort / size / Sweeps, 1, MostStarts);
        var random = new Random(1);
        var (best, fewest) = (Array.Empty<Vertex[]>(), long.MaxValue);
        for (var start = 0; start < starts && fewest > 0; start++)
        {
            StartDepthFirst(graph, start == 0 ? null : random);
            for (var sweep = 0; sweep <= sweeps && fewest > 0; sweep++)
            {
                var crossings = Crossings.Count(graph);
                if (crossings < fewest)
                {
                    (best, fewest) = (Snapshot(graph), crossings);
                }

                Sweep(graph, rightwards: sweep % 2 == 1, reverseTies: sweep % 4 >= 2);
            }
        }

        for (var i = 0; i < best.Length; i++)
        {
            Number(graph.Layers[i] = best[i]);
        }
    }

    /// <summary>
    /// Starts with the order in which a walk back from the outputs meets the vertices: trees are drawn without crossings. Operands are visited in
    /// their order, or in a random one.
    /// </summary>
    private static void StartDepthFirst(LayeredGraph graph, Random? random)
    {
        var met = new Dictionary<Vertex, int>();
        var open = new Stack<Vertex>(graph.Boxes.Where(box => box.Right.Count == 0).Reverse());
        while (open.TryPop(out var vertex))
        {
            if (!met.TryAdd(vertex, met.Count))
            {
                continue;
            }

            var operands = vertex.Left.ToArray();
            random?.Shuffle(operands);
            for (var i = operands.Length - 1; i >= 0; i--)
            {
                open.Push(operands[i]);
            }
        }

        foreach (var layer in graph.Layers)
        {
            Array.Sort(layer, (a, b) => met[a].CompareTo(met[b]));
            Number(layer);
        }
    }

    private static void Sweep(LayeredGraph graph, bool rightwards, bool reverseTies)
    {
        foreach (var layer in rightwards ? graph.Layers : graph.Layers.Reverse())
        {
            SortByBarycentre(layer, rightwards, reverseTies);
        }
    }

    /// <summary>Vertices with the same barycentre keep or reverse their order, since either may be better.</summary>
    private static void SortByBarycentre(Vertex[] layer, bool rightwards, bool reverseTies)
    {
        var keys = Array.ConvertAll(layer, vertex =>
        {
            var neighbours = rightwards ? vertex.Left : vertex.Right;
            return (neighbours.Count == 0 ? vertex.Order : neighbours.Average(n => n.Order), reverseTies ? -vertex.Order : vertex.Order);
        });
        Array.Sort(keys, layer);
        Number(layer);
    }

    private static Vertex[][] Snapshot(LayeredGraph graph) => Array.ConvertAll(graph.Layers, layer => (Vertex[])layer.Clone());

    private static void Number(Vertex[] layer)
    {
        for (var i = 0; i < layer.Length; i++)
        {
            layer[i].Order = i;
        }
    }
}
