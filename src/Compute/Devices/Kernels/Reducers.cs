using Backprop.Compute.Devices.Functions;

namespace Backprop.Compute.Devices.Kernels;

/// <summary>A way to join two numbers to one.</summary>
internal interface IReducer<T>
    where T : unmanaged
{
    static abstract T Join(T x, T y);
}

/// <summary>Sums.</summary>
internal readonly struct Summing<T, A> : IReducer<T>
    where T : unmanaged
    where A : struct, IArithmetic<T>
{
    public static T Join(T x, T y) => A.Add(x, y);
}

/// <summary>The greatest; NaN is handed on.</summary>
internal readonly struct Greatest<T, A> : IReducer<T>
    where T : unmanaged
    where A : struct, IArithmetic<T>
{
    public static T Join(T x, T y) => A.Max(x, y);
}

/// <summary>The least; NaN is handed on.</summary>
internal readonly struct Least<T, A> : IReducer<T>
    where T : unmanaged
    where A : struct, IArithmetic<T>
{
    public static T Join(T x, T y) => A.Min(x, y);
}
