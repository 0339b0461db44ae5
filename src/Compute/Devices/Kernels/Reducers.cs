using Backprop.Compute.Devices.Functions;

namespace Backprop.Compute.Devices.Kernels;

/// <summary>An operation that combines two numbers.</summary>
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

/// <summary>The greatest; NaN propagates.</summary>
internal readonly struct Greatest<T, A> : IReducer<T>
    where T : unmanaged
    where A : struct, IArithmetic<T>
{
    public static T Join(T x, T y) => A.Max(x, y);
}

/// <summary>The least; NaN propagates.</summary>
internal readonly struct Least<T, A> : IReducer<T>
    where T : unmanaged
    where A : struct, IArithmetic<T>
{
    public static T Join(T x, T y) => A.Min(x, y);
}
