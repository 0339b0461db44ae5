namespace Backprop.Compute.Devices.Functions;

/// <summary>What kernels need from a number type, so that they are written once for the three types.</summary>
internal interface IArithmetic<T>
    where T : unmanaged
{
    static abstract T Zero { get; }

    static abstract T Add(T x, T y);

    static abstract T Sub(T x, T y);

    static abstract T Mul(T x, T y);

    static abstract T Max(T x, T y);

    static abstract T Min(T x, T y);

    /// <summary>x · y + z, rounded once.</summary>
    static abstract T MultiplyAdd(T x, T y, T z);

    static abstract bool Less(T x, T y);

    static abstract bool IsNaN(T x);
}
