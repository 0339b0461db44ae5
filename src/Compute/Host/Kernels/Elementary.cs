using System.Numerics;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Backprop.Compute.Host.Kernels;

/// <summary>
/// Functions of which TensorPrimitives decides for a whole vector of elements at once how they are computed. Up to eight
/// vectors begin where the span does; in longer spans they begin at an aligned address, and the last digit of a result would
/// depend on where the values happen to lie. So these go block by block.
/// </summary>
internal static class Elementary
{
    private const int Vectors = 8;

    public static void Exp<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => InBlocks(x, y, TensorPrimitives.Exp);

    public static void Sin<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => InBlocks(x, y, TensorPrimitives.Sin);

    public static void Cos<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => InBlocks(x, y, TensorPrimitives.Cos);

    public static void Tan<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => InBlocks(x, y, TensorPrimitives.Tan);

    private static void InBlocks<T>(ReadOnlySpan<T> x, Span<T> y, UnaryLoop<T, T> loop)
    {
        int length = Vectors * Vector<T>.Count;
        for (int start = 0; start < x.Length; start += length)
        {
            int count = Math.Min(length, x.Length - start);
            loop(x.Slice(start, count), y.Slice(start, count));
        }
    }
}
