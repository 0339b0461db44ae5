namespace Backprop.Compute.Devices.Functions;

/// <summary>What kernels need of a float.</summary>
internal interface IReal<T> : IArithmetic<T>
    where T : unmanaged
{
    static abstract T Exp(T x);

    static abstract T Log(T x);

    static abstract T Log1p(T x);

    /// <summary>True for a sum of exponentials of which the largest, 1, is nearly all.</summary>
    static abstract bool IsNearlyOne(T sum);

    static abstract T Div(T x, T y);

    static abstract bool IsInfinite(T x);

    static abstract T Sqrt(T x);

    /// <summary>By what to multiply numbers whose sum of squares this is; 1 where it is in the range.</summary>
    static abstract T NormScale(T sum);

    /// <summary>True where a sum of squares left the range.</summary>
    static abstract bool IsOutOfRange(T sum);

    /// <summary>The number whose bits, as those of a double, a kernel was given.</summary>
    static abstract T Given(long bits);
}
