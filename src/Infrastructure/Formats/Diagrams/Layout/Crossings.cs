namespace Backprop.Infrastructure.Formats.Diagrams.Layout;

/// <summary>Counts how often edges cross, with an accumulator tree (Barth, Jünger and Mutzel 2002): O(E log V).</summary>
internal static class Crossings
{
    /// <summary>The crossings between all neighbouring columns.</summary>
    public static long Count(LayeredGraph graph)
    {
        var crossings = 0L;
        for (var i = 1; i < graph.Layers.Length; i++)
        {
            crossings += Between(graph.Layers[i - 1], graph.Layers[i].Length);
        }

        return crossings;
    }

    private static long Between(Vertex[] left, int right)
    {
        var tree = new int[right + 1];
        var crossings = 0L;
        var seen = 0;
        foreach (var vertex in left)
        {
            foreach (var end in vertex.Right)
            {
                crossings += seen - UpTo(tree, end.Order + 1);
            }

            foreach (var end in vertex.Right)
            {
                for (var i = end.Order + 1; i <= right; i += i & -i)
                {
                    tree[i]++;
                }

                seen++;
            }
        }

        return crossings;
    }

    private static int UpTo(int[] tree, int place)
    {
        var sum = 0;
        for (var i = place; i > 0; i -= i & -i)
        {
            sum += tree[i];
        }

        return sum;
    }
}
