namespace Backprop.Compute.Host.Functions;

/// <content>The logarithm of |Γ| and its derivatives.</content>
public static partial class SpecialFunctions
{
    /// <summary>log |Γ(x)|; +∞ at 0 and the negative integers.</summary>
    public static double Lgamma(double x) => GammaFunctions<ProcessorFunctions>.Lgamma(x);

    /// <summary>Γ′(x)/Γ(x); NaN at the negative integers, −∞ at 0 and +∞ at −0.</summary>
    public static double Digamma(double x) => GammaFunctions<ProcessorFunctions>.Digamma(x);

    /// <summary>The n-th derivative of <see cref="Digamma"/>, n ≥ 1; at the poles infinite with the sign of (−1)ⁿ⁺¹.</summary>
    public static double Polygamma(int n, double x) => GammaFunctions<ProcessorFunctions>.Polygamma(n, x);
}
