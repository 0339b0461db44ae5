namespace Backprop.Compute.Devices.Functions;

/// <summary>What kernels need of a float.</summary>
internal interface IReal<T> : IArithmetic<T>
    where T : unmanaged
{
    static abstract T Exp(T x);

    static abstract T Log(T x);

    static abstract T Div(T x, T y);

    static abstract bool IsInfinite(T x);
}
