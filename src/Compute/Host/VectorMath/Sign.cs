using System.Runtime.CompilerServices;
using Backprop.Compute.Host.VectorMath.Vectors;

namespace Backprop.Compute.Host.VectorMath;

/// <summary>1, −1, or the number itself if it is zero or NaN.</summary>
internal readonly struct Sign<T> : IUnaryOperator<T>
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x)
        where V : struct, ISimdVector<V, T>
    {
        V zero = V.Splat(0);
        return V.Select(V.Less(zero, x), V.Splat(1), V.Select(V.Less(x, zero), V.Splat(-1), x));
    }
}
