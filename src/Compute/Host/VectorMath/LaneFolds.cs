using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Backprop.Compute.Host.VectorMath.Vectors;

namespace Backprop.Compute.Host.VectorMath;

/// <summary>
/// The ends of reductions: the lanes of an accumulator are combined as a tree, always in the same order, and written or combined with the element
/// that is already there.
/// </summary>
internal static unsafe class LaneFolds<V, T>
    where V : struct, ISimdVector<V, T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void FoldAdd(V value, byte* to) => *(T*)to = Tree<AddOf>(value);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void FoldMax(V value, byte* to) => *(T*)to = Tree<MaxOf>(value);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void FoldMin(V value, byte* to) => *(T*)to = Tree<MinOf>(value);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void FoldMaxNative(V value, byte* to) => *(T*)to = Tree<MaxNativeOf>(value);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void FoldOr(V value, byte* to) => *(T*)to = Tree<OrOf>(value);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void JoinAdd(V value, byte* to) => *(T*)to += Tree<AddOf>(value);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void JoinMax(V value, byte* to) => *(T*)to = T.Max(*(T*)to, Tree<MaxOf>(value));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void JoinMin(V value, byte* to) => *(T*)to = T.Min(*(T*)to, Tree<MinOf>(value));

    // The upper half is combined with the lower one until one lane is left.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Tree<TJoin>(V value)
        where TJoin : struct, IJoin
    {
        for (int half = V.Count / 2; half > 0; half /= 2)
        {
            value = TJoin.Join(value, Turned(value, half));
        }

        return Unsafe.As<V, T>(ref value);
    }

    // The lanes rotated by the given number of lanes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Turned(V value, int by)
    {
        if (Unsafe.SizeOf<V>() == sizeof(Vector512<T>))
        {
            return sizeof(T) == sizeof(int)
                ? Unsafe.BitCast<Vector512<int>, V>(Vector512.ShuffleNative(
                    Unsafe.BitCast<V, Vector512<int>>(value), (Vector512<int>.Indices + Vector512.Create(by)) & Vector512.Create(15)))
                : Unsafe.BitCast<Vector512<long>, V>(Vector512.ShuffleNative(
                    Unsafe.BitCast<V, Vector512<long>>(value), (Vector512<long>.Indices + Vector512.Create((long)by)) & Vector512.Create(7L)));
        }

        T* lanes = stackalloc T[2 * V.Count];
        value.Store(ref *lanes);
        value.Store(ref lanes[V.Count]);
        return V.Load(ref lanes[by]);
    }

    private interface IJoin
    {
        static abstract V Join(V x, V y);
    }

    private readonly struct AddOf : IJoin
    {
        public static V Join(V x, V y) => x + y;
    }

    private readonly struct MaxOf : IJoin
    {
        public static V Join(V x, V y) => LaneOperations<V, T>.Max(x, y);
    }

    private readonly struct MinOf : IJoin
    {
        public static V Join(V x, V y) => LaneOperations<V, T>.Min(x, y);
    }

    private readonly struct MaxNativeOf : IJoin
    {
        public static V Join(V x, V y) => LaneOperations<V, T>.MaxNative(x, y);
    }

    private readonly struct OrOf : IJoin
    {
        public static V Join(V x, V y) => LaneOperations<V, T>.Or(x, y);
    }
}
