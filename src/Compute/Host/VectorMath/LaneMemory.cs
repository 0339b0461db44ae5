using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Backprop.Compute.Host.VectorMath;

/// <summary>
/// How emitted loops read and write: whole vectors, and at the end of a row a part of one, whose other lanes are filled up and never written.
/// Truth values lie as bytes 0 and 1.
/// </summary>
internal static unsafe class LaneMemory<V, T>
    where V : struct, ILanes<V, T>
    where T : unmanaged, INumber<T>
{
    /// <summary>The elements from an address on, of which so many are left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load(byte* from, nint left) => left >= V.Count ? V.Load(ref *(T*)from) : LoadPart((T*)from, (int)left);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(V value, byte* to, nint left)
    {
        if (left >= V.Count)
        {
            value.Store(ref *(T*)to);
        }
        else
        {
            StorePart(value, (T*)to, (int)left);
        }
    }

    /// <summary>Truth values as a mask.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LoadTruth(byte* from, nint left) => left >= V.Count ? Mask(from) : LoadTruthPart(from, (int)left);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTruth(V mask, byte* to, nint left)
    {
        uint bits = V.Bits(mask);
        if (left >= V.Count && V.Count >= 8)
        {
            *(ulong*)to = Comparison.Spread(bits & 0xFF);
            if (V.Count == 16)
            {
                ((ulong*)to)[1] = Comparison.Spread(bits >> 8);
            }

            return;
        }

        StoreTruthPart(bits, to, (int)Math.Min(left, V.Count));
    }

    /// <summary>One element in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Fill(byte* from) => V.Fill(*(T*)from);

    /// <summary>One truth value in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V FillTruth(byte* from) => V.Equal(V.Splat(0), V.Splat(*from == 0 ? 1 : 0));

    /// <summary>The places 0, 1, 2, … of the lanes.</summary>
    public static V Places()
    {
        T* places = stackalloc T[V.Count];
        for (int i = 0; i < V.Count; i++)
        {
            places[i] = T.CreateTruncating(i);
        }

        return V.Load(ref *places);
    }

    /// <summary>The value, where the row has ended the identity of a reduction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Kept(V value, nint left, double identity) => left >= V.Count ? value : KeptPart(value, (int)left, identity);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V LoadPart(T* from, int left)
    {
        T* padded = stackalloc T[V.Count];
        for (int i = 0; i < V.Count; i++)
        {
            padded[i] = i < left ? from[i] : default;
        }

        return V.Load(ref *padded);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void StorePart(V value, T* to, int left)
    {
        T* padded = stackalloc T[V.Count];
        value.Store(ref *padded);
        for (int i = 0; i < left; i++)
        {
            to[i] = padded[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Mask(byte* from)
    {
        if (V.Count == 16)
        {
            (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.Load(from));
            (Vector256<uint> first, Vector256<uint> second) = Vector256.Widen(Vector256.Create(low, high));
            return Unsafe.BitCast<Vector512<uint>, V>(Vector512<uint>.Zero - Vector512.Create(first, second));
        }

        if (V.Count == 8)
        {
            (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(Vector128.WidenLower(Vector128.CreateScalar(*(ulong*)from).AsByte()));
            Vector256<uint> words = Vector256.Create(low, high);
            if (Unsafe.SizeOf<V>() == sizeof(Vector256<uint>))
            {
                return Unsafe.BitCast<Vector256<uint>, V>(Vector256<uint>.Zero - words);
            }

            (Vector256<ulong> first, Vector256<ulong> second) = Vector256.Widen(words);
            return Unsafe.BitCast<Vector512<ulong>, V>(Vector512<ulong>.Zero - Vector512.Create(first, second));
        }

        return LoadTruthPart(from, V.Count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V LoadTruthPart(byte* from, int left)
    {
        T* padded = stackalloc T[V.Count];
        for (int i = 0; i < V.Count; i++)
        {
            padded[i] = i < left && from[i] != 0 ? T.One : T.Zero;
        }

        return V.Equal(V.Load(ref *padded), V.Splat(1));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void StoreTruthPart(uint bits, byte* to, int left)
    {
        for (int i = 0; i < left; i++)
        {
            to[i] = (byte)((bits >> i) & 1);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V KeptPart(V value, int left, double identity)
    {
        Span<T> padded = stackalloc T[V.Count];
        value.Store(ref MemoryMarshal.GetReference(padded));
        padded[left..].Fill(T.CreateSaturating(identity));
        return V.Load(ref MemoryMarshal.GetReference(padded));
    }
}
