using Backprop.Domain.Costs.Hardware;

namespace Backprop.Domain.Costs.FiniteDifferences;

/// <summary>The finite-difference scheme.</summary>
public enum DifferenceScheme
{
    /// <summary>(f(x+h) − f(x)) / h.</summary>
    Forward,

    /// <summary>(f(x+h) − f(x−h)) / 2h.</summary>
    Central,

    /// <summary>
    /// Im f(x+ih) / h, which subtracts nothing (Squire and Trapp, Using complex variables to estimate derivatives of real functions, 1998).
    /// </summary>
    ComplexStep,
}

/// <summary>
/// The cost and the accuracy of each scheme. Sources: Nocedal and Wright, Numerical Optimization, 2006, section 8.1; Squire and Trapp 1998.
/// </summary>
public static class DifferenceSchemes
{
    /// <summary>
    /// The ratio of the real operations of a complex multiply-add to those of a real one: four products and four sums for one of each.
    /// </summary>
    public const double ComplexFactor = 4;

    /// <summary>The ratio of the time of an evaluation to that of one in real arithmetic: <see cref="ComplexFactor"/>, or 1.</summary>
    public static double Factor(this DifferenceScheme scheme) => scheme == DifferenceScheme.ComplexStep ? ComplexFactor : 1;

    /// <summary>The evaluations per gradient of n elements: n + 1, 2n, or n.</summary>
    public static long Evaluations(this DifferenceScheme scheme, long n) => scheme switch
    {
        DifferenceScheme.Forward => checked(n + 1),
        DifferenceScheme.Central => checked(2 * n),
        _ => n,
    };

    /// <summary>The smallest relative error at any step: √u, u^⅔, or u.</summary>
    /// <param name="scheme">The scheme.</param>
    /// <param name="roundoff">The unit roundoff u.</param>
    public static double ErrorFloor(this DifferenceScheme scheme, double roundoff) => scheme switch
    {
        DifferenceScheme.Forward => Math.Sqrt(roundoff),
        DifferenceScheme.Central => Math.Cbrt(roundoff * roundoff),
        _ => roundoff,
    };

    /// <summary>The relative step at which that error is reached: √u, u^⅓, or any up to √u.</summary>
    /// <param name="scheme">The scheme.</param>
    /// <param name="roundoff">The unit roundoff u.</param>
    public static double BestStep(this DifferenceScheme scheme, double roundoff) =>
        scheme == DifferenceScheme.Central ? Math.Cbrt(roundoff) : Math.Sqrt(roundoff);

    /// <summary>The evaluations as a formula.</summary>
    public static string EvaluationsText(this DifferenceScheme scheme) => scheme switch
    {
        DifferenceScheme.Forward => "n + 1",
        DifferenceScheme.Central => "2·n",
        _ => "n",
    };

    /// <summary>The error floor as a formula.</summary>
    public static string FloorText(this DifferenceScheme scheme) => scheme switch
    {
        DifferenceScheme.Forward => "√u",
        DifferenceScheme.Central => "u^(2/3)",
        _ => "u",
    };

    /// <summary>
    /// The unit roundoff u = 2⁻ᵖ of a precision with p significant bits (IEEE 754; bf16 8, tf32 11, fp8 E4M3 4, fp4 E2M1 2 bits: OCP Microscaling
    /// Formats 1.0).
    /// </summary>
    public static double Roundoff(this ComputePrecision precision) => Math.ScaleB(1, precision switch
    {
        ComputePrecision.Fp64 => -53,
        ComputePrecision.Fp32 => -24,
        ComputePrecision.Tf32 or ComputePrecision.Fp16 => -11,
        ComputePrecision.Bf16 => -8,
        ComputePrecision.Fp8 => -4,
        _ => -2,
    });
}
