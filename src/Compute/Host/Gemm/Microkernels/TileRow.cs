using System.Runtime.CompilerServices;

namespace Backprop.Compute.Host.Gemm.Microkernels;

/// <summary>What every tile does with a row of its sums, which is three vectors wide.</summary>
internal static unsafe class TileRow<T, V, L>
    where T : unmanaged
    where V : struct
    where L : struct, IGemmVector<T, V>
{
    /// <summary>Adds x·b to the sums. One assignment each, since the JIT would copy the elements of a tuple.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(V x, V b0, V b1, V b2, ref V c0, ref V c1, ref V c2)
    {
        c0 = L.MultiplyAdd(x, b0, c0);
        c1 = L.MultiplyAdd(x, b1, c1);
        c2 = L.MultiplyAdd(x, b2, c2);
    }

    /// <summary>Writes the sums contiguously, or adds them to what is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put(T* c, V c0, V c1, V c2, bool accumulate)
    {
        if (accumulate)
        {
            c0 = L.Add(L.Load(c), c0);
            c1 = L.Add(L.Load(c + L.Count), c1);
            c2 = L.Add(L.Load(c + (2 * L.Count)), c2);
        }

        L.Store(c0, c);
        L.Store(c1, c + L.Count);
        L.Store(c2, c + (2 * L.Count));
    }
}
