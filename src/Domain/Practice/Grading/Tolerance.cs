using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Grading;

/// <summary>How near to a key a number must be: within either tolerance, or within 1 % where there is none.</summary>
/// <param name="Relative">As a share of the key.</param>
/// <param name="Absolute">In the unit of the key.</param>
public readonly record struct Tolerance(double Relative, double Absolute)
{
    // Numbers that people write in decimal are a last bit off what is computed from them.
    private const double Rounding = 1e-12;

    /// <summary>The tolerance of a key.</summary>
    public static Tolerance Of(NumericKey key) =>
        key.Rtol is null && key.Atol is null ? new Tolerance(0.01, 0) : new Tolerance(key.Rtol ?? 0, key.Atol ?? 0);

    /// <summary>True where <paramref name="value"/> counts as <paramref name="key"/>.</summary>
    public bool Accepts(double value, double key) =>
        Math.Abs(value - key) <= Math.Max(Absolute, Relative * Math.Abs(key)) + (Rounding * Math.Abs(key));
}
