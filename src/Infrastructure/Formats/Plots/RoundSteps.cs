namespace Backprop.Infrastructure.Formats.Plots;

/// <summary>The distances of ticks: 1, 2, 2.5 and 5 times powers of ten.</summary>
internal static class RoundSteps
{
    /// <summary>The smallest that is not below a positive number.</summary>
    /// <param name="step">The number.</param>
    /// <param name="isWhole">Whether only whole numbers will do.</param>
    public static double Above(double step, bool isWhole = false)
    {
        step = isWhole ? Math.Max(1, step) : step;
        double power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        double[] round = [1, 2, 2.5, 5, 10];
        return power * Array.Find(round, factor => factor * power >= step * (1 - 1e-9) && (!isWhole || double.IsInteger(factor * power)));
    }
}
