namespace Backprop.Domain.Practice.Progress;

/// <summary>
/// Wilson's score interval (E. B. Wilson: Probable Inference, the Law of Succession, and Statistical Inference, Journal of the American Statistical
/// Association 22, 1927, pages 209–212). A fraction of a point counts as a fraction of a success.
/// </summary>
public static class WilsonBound
{
    // The 97.5 % point of the normal distribution.
    private const double Z = 1.959963984540054;

    /// <summary>The lower bound of the 95 % interval of a mean score; 0 if there are no scores.</summary>
    /// <param name="mean">The mean of the scores, 0 … 1.</param>
    /// <param name="count">The number of scores.</param>
    public static double Lower(double mean, long count)
    {
        if (count == 0)
        {
            return 0;
        }

        double share = Z * Z / count;
        double margin = Z * Math.Sqrt(((mean * (1 - mean)) + (share / 4)) / count);
        return Math.Clamp((mean + (share / 2) - margin) / (1 + share), 0, mean);
    }
}
