using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
    public static void FoldOr(V value, byte* to) => *(T*)to = Tree(value, LaneOperations<V, T>.Or);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void JoinAdd(V value, byte* to) => *(T*)to += Sum(value);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void JoinMax(V value, byte* to) => *(T*)to = T.Max(*(T*)to, Tree(value, LaneOperations<V, T>.Max));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void JoinMin(V value, byte* to) => *(T*)to = T.Min(*(T*)to, Tree(value, LaneOperations<V, T>.Min));

    private static T Sum(V value)
    {
        Span<T> lanes = stackalloc T[V.Count];
        value.Store(ref MemoryMarshal.GetReference(lanes));
        for (int half = V.Count / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                lanes[i] += lanes[i + half];
            }
        }

        return lanes[0];
    }

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
