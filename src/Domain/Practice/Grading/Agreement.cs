using System.Globalization;

namespace Backprop.Domain.Practice.Grading;

/// <summary>Compares two formulas by their samples.</summary>
internal static class Agreement
{
    // Far above the rounding errors of formulas of one line, far below the error of a wrong one.
    private const double Tolerance = 1e-6;
    private const double Least = 1e-6;

    /// <summary>True if values and derivatives agree at every point.</summary>
    public static bool Everywhere(Sample[] said, Sample[] right) => Differences(said, right) == 0;

    /// <summary>The feedback on a formula that does not agree.</summary>
    public static string Remark(Sample[] said, Sample[] right)
    {
        if (said.FirstOrDefault(sample => !sample.IsDefined) is { } hole)
        {
            return $"The formula is not defined, or has no derivative, at {Named(hole)}; the right one has.";
        }

        if (Factor(said, right) is { } factor)
        {
            return Math.Abs(factor + 1) < Tolerance ? "All but the sign is right." : $"Off by the factor {Written(factor)} everywhere.";
        }

        return $"The formula differs from the right one at {Differences(said, right)} of {right.Length} points.";
    }

    // The constant that the right formula is multiplied by, or null if there is none.
    private static double? Factor(Sample[] said, Sample[] right)
    {
        (Sample Said, Sample Right) largest = said.Zip(right).MaxBy(pair => Math.Abs(pair.Second.Values[0]));
        double factor = largest.Said.Values[0] / largest.Right.Values[0];
        if (!double.IsFinite(factor) || factor == 0)
        {
            return null;
        }

        return Everywhere(said, [.. right.Select(sample => sample with { Values = Array.ConvertAll(sample.Values, value => factor * value) })])
            ? factor : null;
    }

    private static string Written(double factor)
    {
        double inverse = Math.Round(1 / factor, 4);
        return Math.Abs(factor) < 1 && inverse == Math.Round(inverse)
            ? string.Create(CultureInfo.InvariantCulture, $"{(factor < 0 ? "-" : string.Empty)}1/{Math.Abs(inverse)}")
            : factor.ToString("G6", CultureInfo.InvariantCulture);
    }

    private static int Differences(Sample[] said, Sample[] right)
    {
        // Relative to the formula's own size, at most 1, a smaller value is rounding; the terms of a formula that is 0 cancel only up to rounding.
        double floor = Math.Clamp(right.Max(sample => sample.Values.Max(Math.Abs)), Least, 1);
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
