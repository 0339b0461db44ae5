namespace Backprop.Domain.Costs.Checkpoints;

/// <summary>
/// Which layers of unequal size to keep within a memory limit so that the fewest operations are repeated if each other layer is recomputed once: by
/// dynamic programming over the layers and the remaining memory. A layer is kept, or begins a segment that is recomputed as a whole from the state
/// before it. Time n² · columns, memory n · columns.
/// </summary>
/// <param name="activations">Bytes that the backward pass of each layer reads.</param>
/// <param name="boundaries">Bytes of the state before each layer.</param>
/// <param name="work">The cost of running each layer again.</param>
/// <param name="cancellationToken">Ends a long search.</param>
public sealed class KeptLayers(double[] activations, double[] boundaries, double[] work, CancellationToken cancellationToken = default)
{
    private const int Columns = 128;
    private readonly LayerCosts layers = new(activations, boundaries, work);

    /// <summary>The layers before which a state is stored, and the layers that are kept; null if nothing fits.</summary>
    /// <param name="bytes">The memory for states and activations.</param>
    public (IReadOnlyList<int> Segments, IReadOnlyList<int> Kept)? Within(double bytes)
    {
        int n = layers.Count;
        double unit = bytes / Columns;
        double[][] least = new double[n + 1][];
        int[][] ends = new int[n][];
        least[n] = new double[Columns + 1];
        for (int start = n - 1; start >= 0; start--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (least[start], ends[start]) = Row(least, start, unit);
        }

        return double.IsFinite(least[0][Columns]) ? Traced(ends, unit) : null;
    }

    private (double[] Least, int[] Ends) Row(double[][] least, int start, double unit)
    {
        double[] row = new double[Columns + 1];
        int[] ends = new int[Columns + 1];
        Array.Fill(row, double.PositiveInfinity);
        int kept = Units(layers.Activations(start, start + 1), unit);
        for (int column = kept; column <= Columns; column++)
        {
            row[column] = least[start + 1][column - kept];
            ends[column] = start;
        }

        int state = Units(layers.Boundary(start), unit);
        for (int end = start + 1; end <= layers.Count; end++)
        {
            int needed = Units(layers.Activations(start, end) + layers.Boundary(start), unit);
            if (needed > Columns)
            {
                break;
            }

            double again = layers.Forward(start, end);
            for (int column = needed; column <= Columns; column++)
            {
                double time = again + least[end][column - state];
                if (time < row[column])
                {
                    (row[column], ends[column]) = (time, end);
                }
            }
        }

        return (row, ends);
    }

    // In the table, a kept layer ends where it starts.
    private (IReadOnlyList<int> Segments, IReadOnlyList<int> Kept) Traced(int[][] ends, double unit)
    {
        (List<int> segments, List<int> kept) = ([], []);
        int column = Columns;
        for (int layer = 0; layer < layers.Count;)
        {
            int end = ends[layer][column];
            if (end == layer)
            {
                kept.Add(layer);
                column -= Units(layers.Activations(layer, layer + 1), unit);
                layer++;
            }
            else
            {
                segments.Add(layer);
                column -= Units(layers.Boundary(layer), unit);
                layer = end;
            }
        }

        return (segments, kept);
    }

    private static int Units(double bytes, double unit) => (int)Math.Min(Columns + 1, Math.Ceiling((bytes / unit) - 1e-9));
}
