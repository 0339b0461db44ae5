using Backprop.Domain.Graphs;

namespace Backprop.Compute.Differences;

/// <summary>
/// Steps of difference quotients: ε^(1/3)·max(1, |x|) for central ones and ε^(1/2)·max(1, |x|) for forward ones, with the type's machine epsilon
/// (Press, Teukolsky, Vetterling and Flannery, "Numerical Recipes", section 5.7).
/// </summary>
internal static class DifferenceSteps
{
    /// <summary>The distance from 1 to the next number.</summary>
    public static double Epsilon(DType dtype) => dtype == DType.Float32 ? float.BitIncrement(1) - 1 : double.BitIncrement(1) - 1;

    /// <summary>The step of a central difference at x.</summary>
    public static double Central(DType dtype, double x) => Math.Cbrt(Epsilon(dtype)) * Math.Max(1, Math.Abs(x));

    /// <summary>The step of a forward difference at x.</summary>
    public static double Forward(DType dtype, double x) => Math.Sqrt(Epsilon(dtype)) * Math.Max(1, Math.Abs(x));
}
