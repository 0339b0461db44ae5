using Backprop.Domain.Costs.Checkpoints;
using Backprop.Domain.Transformations.Checkpointing;

namespace Backprop.Compute.Engine.Checkpoints;

/// <summary>
/// Which values of a graph of at least one layer to keep by name, found by dynamic programming over its layers; for a long chain, over blocks of
/// layers.
/// </summary>
internal sealed class KeptValues
{
    private const int MostBlocks = 800;
    private readonly IReadOnlyList<LayerFacts> layers;
    private readonly int[] starts;
    private readonly KeptLayers search;

    public KeptValues(IReadOnlyList<LayerFacts> layers, CancellationToken cancellationToken)
    {
        this.layers = layers;
        int blocks = Math.Min(layers.Count, MostBlocks);
        starts = [.. Enumerable.Range(0, blocks + 1).Select(block => (int)((long)block * layers.Count / blocks))];
        TotalBytes = layers.Sum(layer => (double)layer.KeptBytes);
        search = new KeptLayers(
            PerBlock(block => Block(block).Sum(layer => (double)layer.KeptBytes)),
            PerBlock(block => layers[starts[block]].BoundaryBytes),
            PerBlock(block => Block(block).Sum(layer => layer.Flops)),
            cancellationToken);
    }

    /// <summary>Bytes of all values that the backward pass reads.</summary>
    public double TotalBytes { get; }

    /// <summary>The values to keep within approximately the given number of their bytes, or null if nothing fits.</summary>
    public IReadOnlyList<string>? Within(double bytes)
    {
        if (bytes <= 0 || search.Within(bytes) is not var (segments, kept))
        {
            return null;
        }

        bool[] saved = new bool[layers.Count];
        foreach (int block in kept)
        {
            for (int layer = starts[block]; layer < starts[block + 1]; layer++)
            {
                saved[layer] |= layers[layer].IsRead;
            }
        }

        // A value that is still used in a later segment: the next segment that begins after it decides.
        int next = segments.Count - 1;
        for (int layer = layers.Count - 1; layer >= 0 && next >= 0; layer--)
        {
            while (next > 0 && starts[segments[next - 1]] > layer)
            {
                next--;
            }

            saved[layer] |= starts[segments[next]] > layer && layers[layer].LastUse >= starts[segments[next]];
        }

        return [.. layers.Where((layer, index) => saved[index] && layer.Name.Length > 0).Select(layer => layer.Name)];
    }

    private double[] PerBlock(Func<int, double> figure) => [.. Enumerable.Range(0, starts.Length - 1).Select(figure)];

    private IEnumerable<LayerFacts> Block(int block) => layers.Skip(starts[block]).Take(starts[block + 1] - starts[block]);
}
