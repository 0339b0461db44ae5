using System.Globalization;

namespace Backprop.Domain.Practice.Grading;

/// <summary>Compares two formulas by their samples.</summary>
internal static class Agreement
{
    // Far above the rounding errors of formulas of one line, far below the error of a wrong one.
    private const double Tolerance = 1e-6;

    /// <summary>True if values and derivatives agree at every point.</summary>
    public static bool Everywhere(Sample[] said, Sample[] right) => Differences(said, right) == 0;

    /// <summary>The feedback on a formula that does not agree.</summary>
    public static string Remark(Sample[] said, Sample[] right)
    {
        if (said.FirstOrDefault(sample => !sample.IsDefined) is { } hole)
        {
            return $"The formula is not defined, or has no derivative, at {Named(hole)}; the right one has.";
        }

        if (Scaled(said, right, -1))
        {
            return "All but the sign is right.";
        }

        return Scaled(said, right, 2) || Scaled(said, right, 0.5)
            ? "Off by a factor of 2 everywhere."
            : $"The formula differs from the right one at {Differences(said, right)} of {right.Length} points.";
    }

    private static bool Scaled(Sample[] said, Sample[] right, double factor) =>
        Everywhere(said, [.. right.Select(sample => sample with { Values = Array.ConvertAll(sample.Values, value => factor * value) })]);

    private static int Differences(Sample[] said, Sample[] right)
    {
        // Relative to the formula's own size, at most 1, a smaller value is rounding.
        double floor = Math.Min(1, right.Max(sample => sample.Values.Max(Math.Abs)));
        return said.Zip(right).Count(pair => !Agree(pair.First.Values, pair.Second.Values, floor));
    }

    private static bool Agree(double[] some, double[] others, double floor)
    {
        for (int i = 0; i < some.Length; i++)
        {
            // A NaN agrees with nothing.
            if (!(Math.Abs(some[i] - others[i]) <= Tolerance * Math.Max(floor, Math.Abs(others[i]))))
            {
                return false;
            }
        }

        return true;
    }

    private static string Named(Sample sample) =>
        string.Join(", ", sample.Point.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} = {pair.Value}")));
}
