namespace Backprop.Compute.Devices.Functions;

/// <summary>What kernels need from a float type.</summary>
internal interface IReal<T> : IArithmetic<T>
    where T : unmanaged
{
    static abstract T Exp(T x);

    static abstract T Log(T x);

    static abstract T Log1p(T x);

    /// <summary>True if the largest term, 1, is nearly the whole sum of exponentials.</summary>
    static abstract bool IsNearlyOne(T sum);

    static abstract T Div(T x, T y);

    static abstract bool IsInfinite(T x);

    static abstract T Sqrt(T x);

    /// <summary>The factor for numbers with this sum of squares; 1 if it is in range.</summary>
    static abstract T NormScale(T sum);

    /// <summary>True if a sum of squares left the range.</summary>
    static abstract bool IsOutOfRange(T sum);

    /// <summary>The number whose bits, as those of a double, a kernel received.</summary>
    static abstract T Given(long bits);
}
