using System.Runtime.CompilerServices;
using Backprop.Compute.Host.VectorMath.Vectors;

namespace Backprop.Compute.Host.VectorMath;

/// <summary>
/// The operations of emitted loops that take a few instructions, under the names of their primitives; longer ones have types of their own. Truth
/// values are masks. A lane's result has the bits of the primitive's ordinary kernel.
/// </summary>
internal static class LaneOperations<V, T>
    where V : struct, ISimdVector<V, T>
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Add(V x, V y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sub(V x, V y) => x - y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Mul(V x, V y) => x * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Div(V x, V y) => x / y;

    /// <summary>The greater; NaN if either is, and 0 rather than −0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Max(V x, V y) => V.Select(V.Equal(x, x), V.Select(V.Equal(x, y), x & y, V.Max(x, y)), x);

    /// <summary>The lesser; NaN if either is, and −0 rather than 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Min(V x, V y) => V.Select(V.Equal(x, x), V.Select(V.Equal(x, y), x | y, V.Min(x, y)), x);

    /// <summary>
    /// The greater, in one instruction; for NaN the result is unspecified. Used where the elements themselves, NaN included, are summed later.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V MaxNative(V x, V y) => V.Max(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Neg(V x) => x ^ V.Splat(-0.0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Abs(V x) => V.Abs(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sqrt(V x) => V.Sqrt(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Round(V x) => V.Round(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Floor(V x)
    {
        V nearest = V.Round(x);
        return V.Select(V.Less(x, nearest), nearest - V.Splat(1), nearest);
    }

    /// <summary>−⌊−x⌋, which keeps −0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Ceil(V x) => Neg(Floor(Neg(x)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Equal(V x, V y) => V.Equal(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Less(V x, V y) => V.Less(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LessOrEqual(V x, V y) => V.LessOrEqual(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Greater(V x, V y) => V.Less(y, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V GreaterOrEqual(V x, V y) => V.LessOrEqual(y, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V And(V x, V y) => x & y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Or(V x, V y) => x | y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Xor(V x, V y) => x ^ y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Not(V x) => x ^ V.Equal(V.Splat(0), V.Splat(0));

    /// <summary>True if two truth values are equal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Same(V x, V y) => Not(x ^ y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V IsNaN(V x) => Not(V.Equal(x, x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Where(V condition, V x, V y) => V.Select(condition, x, y);

    /// <summary>1 and 0 for true and false.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V FromTruth(V x) => x & V.Splat(1);

    /// <summary>True for all but 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ToTruth(V x) => Not(V.Equal(x, V.Splat(0)));

    /// <summary>The value itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Identity(V x) => x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Square(V x) => x * x;

    /// <summary>√(x² + y²), of scaled numbers if the sum is out of range: the ordinary kernel's steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Hypot(V x, V y)
    {
        bool isSingle = typeof(T) == typeof(float);
        V sum = (x * x) + (y * y);
        V down = V.Select(V.Equal(sum, V.Splat(double.PositiveInfinity)), V.Splat(isSingle ? NormScales.DownSingle : NormScales.DownDouble),
            V.Splat(1));
        V scale = V.Select(V.Less(sum, V.Splat(isSingle ? NormScales.LeastSingle : NormScales.LeastDouble)),
            V.Splat(isSingle ? NormScales.UpSingle : NormScales.UpDouble), down);
        (x, y) = (x * scale, y * scale);
        return V.Sqrt((x * x) + (y * y)) / scale;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Cube(V x) => x * x * x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Reciprocal(V x) => V.Splat(1) / x;

    /// <summary>A maximum to subtract: an infinite one would turn infinities into NaN, and 0 serves as well.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Finite(V x) => V.Select(V.Equal(V.Abs(x), V.Splat(double.PositiveInfinity)), V.Splat(0), x);

    /// <summary>The element if its column is the chosen one, otherwise all bits 0: combined by or, the chosen element of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Pick(V x, V chosen, V column) => V.Equal(column, chosen) & x;

    /// <summary>The update if the column is the chosen one, otherwise the element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Put(V x, V chosen, V update, V column) => V.Select(V.Equal(column, chosen), update, x);

    /// <summary>The element, plus the update if the column is the chosen one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V PutAdded(V x, V chosen, V update, V column) => V.Select(V.Equal(column, chosen), x + update, x);
}
