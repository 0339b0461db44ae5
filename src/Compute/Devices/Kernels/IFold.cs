using ILGPU;

namespace Backprop.Compute.Devices.Kernels;

/// <summary>Every n-th element of an axis, which one thread reads.</summary>
/// <param name="elements">The tensor.</param>
/// <param name="start">Its element at which the axis begins.</param>
/// <param name="inner">The distance between neighbours on the axis.</param>
/// <param name="first">The first position on the axis.</param>
/// <param name="stride">The distance to the next position.</param>
/// <param name="length">The length of the axis.</param>
internal readonly struct AxisPart<T>(ArrayView<T> elements, long start, int inner, int first, int stride, int length)
    where T : unmanaged
{
    private readonly ArrayView<T> elements = elements;
    private readonly long start = start;
    private readonly int inner = inner;

    /// <summary>The first position on the axis; there is one.</summary>
    public readonly int First = first;

    /// <summary>The distance to the next position.</summary>
    public readonly int Stride = stride;

    /// <summary>The length of the axis.</summary>
    public readonly int Length = length;

    /// <summary>The element at a position on the axis.</summary>
    public T this[int position] => elements[start + ((long)position * inner)];
}

/// <summary>Folds a part of an axis into one number.</summary>
internal interface IFold<T>
    where T : unmanaged
{
    /// <summary>The number.</summary>
    /// <param name="part">The part.</param>
    /// <param name="given">What the reduction gives its last fold.</param>
    static abstract T Of(AxisPart<T> part, long given);
}

/// <summary>Combines the elements one by one.</summary>
internal readonly struct Folded<T, R> : IFold<T>
    where T : unmanaged
    where R : struct, IReducer<T>
{
    public static T Of(AxisPart<T> part, long given)
    {
        T result = part[part.First];
        for (int i = part.First + part.Stride; i < part.Length; i += part.Stride)
        {
            result = R.Join(result, part[i]);
        }

        return result;
    }
}
