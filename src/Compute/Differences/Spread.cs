namespace Backprop.Compute.Differences;

/// <summary>Times of repetitions of the same work, in seconds.</summary>
/// <param name="samples">The times; at least one.</param>
public sealed class Spread(IReadOnlyCollection<double> samples)
{
    private readonly double[] sorted = [.. samples.Order()];

    /// <summary>Their number.</summary>
    public int Count => sorted.Length;

    /// <summary>Their sum.</summary>
    public double Total { get; } = samples.Sum();

    /// <summary>Their mean.</summary>
    public double Mean => Total / Count;

    /// <summary>Their standard deviation; 0 for a single one.</summary>
    public double Deviation => Count == 1 ? 0 : Math.Sqrt(sorted.Sum(sample => (sample - Mean) * (sample - Mean)) / (Count - 1));

    /// <summary>The time that this share of them does not exceed.</summary>
    /// <param name="share">Between 0 and 1.</param>
    public double Quantile(double share) => sorted[(int)Math.Round(share * (Count - 1))];

    /// <summary>The time that half of them do not exceed.</summary>
    public double Median => Quantile(0.5);
}
