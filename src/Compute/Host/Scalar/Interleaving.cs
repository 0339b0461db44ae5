namespace Backprop.Compute.Host.Scalar;

/// <summary>
/// Places independent operations next to each other, so that the processor is busy while it waits for a result; equal operations are grouped, which
/// makes the next opcode predictable. This is done block by block of the depth-first order, so that the live values stay in the cache.
/// </summary>
internal static class Interleaving
{
    private const int Block = 1 << 14;
    private const int LeastBlock = 64;

    // With fewer independent operations, a result is better used at once, by the next instruction.
    private const int LeastWidth = 4;

    /// <summary>Reorders the nodes in place; operands stay before their users.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="pairs">Computed together: only one of a pair is in the order.</param>
    /// <param name="order">Nodes, operands first.</param>
    /// <param name="cancellationToken">Ends the reordering between blocks.</param>
    public static void Apply(ScalarGraph graph, int[] pairs, Span<int> order, CancellationToken cancellationToken)
    {
        var levels = new int[graph.Code.Length];
        var keys = new long[Math.Min(order.Length, Block)];
        for (int start = 0; order.Length - start >= LeastBlock; start += Block)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Span<int> block = order.Slice(start, Math.Min(Block, order.Length - start));
            int depth = FindLevels(graph, pairs, block, levels);
            if (block.Length >= LeastWidth * depth)
            {
                Sort(graph, block, levels, keys);
            }

            Forget(pairs, block, levels);
        }
    }

    // The first level is 1; values from outside the block have level 0.
    private static int FindLevels(ScalarGraph graph, int[] pairs, ReadOnlySpan<int> block, int[] levels)
    {
        int depth = 0;
        foreach (int node in block)
        {
            int level = 0;
            for (int i = 0; i < ScalarGraph.Arity(graph.Code[node]); i++)
            {
                level = Math.Max(level, levels[graph.Operand(node, i)]);
            }

            Set(pairs, levels, node, level + 1);
            depth = Math.Max(depth, level + 1);
        }

        return depth;
    }

    private static void Sort(ScalarGraph graph, Span<int> block, int[] levels, long[] keys)
    {
        for (int i = 0; i < block.Length; i++)
        {
            int node = block[i];
            keys[i] = ((long)levels[node] << 32) | ((long)graph.Code[node] << 16) | (long)i;
        }

        keys.AsSpan(0, block.Length).Sort(block);
    }

    private static void Forget(int[] pairs, ReadOnlySpan<int> block, int[] levels)
    {
        foreach (int node in block)
        {
            Set(pairs, levels, node, 0);
        }
    }

    private static void Set(int[] pairs, int[] levels, int node, int level)
    {
        levels[node] = level;
        if (pairs[node] >= 0)
        {
            levels[pairs[node]] = level;
        }
    }
}
