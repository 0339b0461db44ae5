using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Backprop.Compute.Host.VectorMath;

/// <summary>The ends of reductions: the lanes of an accumulator joined as a tree, always in the same order, and written or joined to what is there.</summary>
internal static unsafe class LaneFolds<V, T>
    where V : struct, ILanes<V, T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void FoldAdd(V value, byte* to) => *(T*)to = Sum(value);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void FoldMax(V value, byte* to) => *(T*)to = Tree(value, LaneOperations<V, T>.Max);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void FoldMin(V value, byte* to) => *(T*)to = Tree(value, LaneOperations<V, T>.Min);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void FoldPeak(V value, byte* to) => *(T*)to = Tree(value, LaneOperations<V, T>.Peak);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void FoldOr(V value, byte* to) => *(T*)to = Tree(value, LaneOperations<V, T>.Or);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void JoinAdd(V value, byte* to) => *(T*)to += Sum(value);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void JoinMax(V value, byte* to) => *(T*)to = T.Max(*(T*)to, Tree(value, LaneOperations<V, T>.Max));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void JoinMin(V value, byte* to) => *(T*)to = T.Min(*(T*)to, Tree(value, LaneOperations<V, T>.Min));

    // The upper half is added to the lower one until one lane is left.
    private static T Sum(V value)
    {
        if (Unsafe.SizeOf<V>() == sizeof(Vector512<T>))
        {
            Vector512<T> whole = Unsafe.BitCast<V, Vector512<T>>(value);
            return Sum(whole.GetLower() + whole.GetUpper());
        }

        return Unsafe.SizeOf<V>() == sizeof(Vector256<T>) ? Sum(Unsafe.BitCast<V, Vector256<T>>(value)) : Sum(Unsafe.BitCast<V, Vector128<T>>(value));
    }

    private static T Sum(Vector256<T> half) => Sum(half.GetLower() + half.GetUpper());

    private static T Sum(Vector128<T> rest) => Vector128<T>.Count == 4
        ? (rest[0] + rest[2]) + (rest[1] + rest[3])
        : rest[0] + rest[1];

    private static T Tree(V value, Func<V, V, V> join)
    {
        Span<T> lanes = stackalloc T[2 * V.Count];
        for (int half = V.Count / 2; half > 0; half /= 2)
        {
            value.Store(ref MemoryMarshal.GetReference(lanes));
            value = join(value, V.Load(ref lanes[half]));
        }

        value.Store(ref MemoryMarshal.GetReference(lanes));
        return lanes[0];
    }
}
