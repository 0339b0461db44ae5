namespace Backprop.Domain.Costs.Checkpoints;

/// <summary>
/// A chain of layers as seen by checkpointing: the bytes that each keeps, the bytes of the state from which it can be restarted, and its run time.
/// </summary>
public sealed class LayerCosts
{
    private readonly double[] boundaries;
    private readonly double[] activationSums;
    private readonly double[] forwardSums;

    /// <summary>A chain of at least one layer; all lists have its length.</summary>
    /// <param name="activations">Bytes that the backward pass of each layer reads.</param>
    /// <param name="boundaries">Bytes of the state before each layer, from which it can be run again.</param>
    /// <param name="forward">Time of each layer's forward pass.</param>
    public LayerCosts(double[] activations, double[] boundaries, double[] forward)
    {
        this.boundaries = boundaries;
        activationSums = Sums(activations);
        forwardSums = Sums(forward);
        LargestActivations = activations.Max();
        IsUniform = IsOne(activations) && IsOne(boundaries) && IsOne(forward);
    }

    /// <summary>The number of layers.</summary>
    public int Count => boundaries.Length;

    /// <summary>Whether all layers cost the same.</summary>
    public bool IsUniform { get; }

    /// <summary>The most bytes that one layer keeps.</summary>
    public double LargestActivations { get; }

    /// <summary>All bytes that the backward pass reads.</summary>
    public double TotalActivations => activationSums[^1];

    /// <summary>The time of one forward pass.</summary>
    public double TotalForward => forwardSums[^1];

    /// <summary>Bytes of the state before a layer.</summary>
    public double Boundary(int layer) => boundaries[layer];

    /// <summary>Bytes that the layers from <paramref name="first"/> up to, but not including, <paramref name="end"/> keep.</summary>
    public double Activations(int first, int end) => activationSums[end] - activationSums[first];

    /// <summary>Time of their forward pass.</summary>
    public double Forward(int first, int end) => forwardSums[end] - forwardSums[first];

    private static double[] Sums(double[] values)
    {
        double[] sums = new double[values.Length + 1];
        for (int i = 0; i < values.Length; i++)
        {
            sums[i + 1] = sums[i] + values[i];
        }

        return sums;
    }

    private static bool IsOne(double[] values) => !values.AsSpan().ContainsAnyExcept(values[0]);
}
