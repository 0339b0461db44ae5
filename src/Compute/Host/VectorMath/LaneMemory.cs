using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Backprop.Compute.Host.VectorMath.Vectors;

namespace Backprop.Compute.Host.VectorMath;

/// <summary>
/// How emitted loops read and write: whole vectors, and at the end of a row a partial one, whose other lanes are padded and never written. Truth
/// values are stored as bytes 0 and 1.
/// </summary>
internal static unsafe class LaneMemory<V, T>
    where V : struct, ISimdVector<V, T>
    where T : unmanaged, INumber<T>
{
    private static bool IsMasked
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Avx512F.IsSupported && Unsafe.SizeOf<V>() == sizeof(Vector512<T>);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load(byte* from) => V.Load(ref *(T*)from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(V value, byte* to) => value.Store(ref *(T*)to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTruth(V mask, byte* to)
    {
        uint bits = V.Bits(mask);
        if (V.Count < 8)
        {
            WriteTruth(bits, to, V.Count);
            return;
        }

        *(ulong*)to = Comparison.Spread(bits & 0xFF);
        if (V.Count == 16)
        {
            ((ulong*)to)[1] = Comparison.Spread(bits >> 8);
        }
    }

    /// <summary>One element in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Fill(byte* from) => V.Fill(*(T*)from);

    /// <summary>One truth value in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V FillTruth(byte* from) => V.Equal(V.Splat(0), V.Splat(*from == 0 ? 1 : 0));

    /// <summary>The indices 0, 1, 2, … of the lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LaneIndices() =>
        Unsafe.SizeOf<V>() == sizeof(Vector512<T>) ? Unsafe.BitCast<Vector512<T>, V>(Vector512<T>.Indices)
        : Unsafe.SizeOf<V>() == sizeof(Vector256<T>) ? Unsafe.BitCast<Vector256<T>, V>(Vector256<T>.Indices)
        : Unsafe.BitCast<Vector128<T>, V>(Vector128<T>.Indices);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V LoadPart(byte* address, nint left)
    {
        var from = (T*)address;
        if (IsMasked)
        {
            return typeof(T) == typeof(float)
                ? Unsafe.BitCast<Vector512<float>, V>(Avx512F.MaskLoad((float*)from, Unsafe.BitCast<V, Vector512<float>>(First(left)), default))
                : Unsafe.BitCast<Vector512<double>, V>(Avx512F.MaskLoad((double*)from, Unsafe.BitCast<V, Vector512<double>>(First(left)), default));
        }

        T* padded = stackalloc T[V.Count];
        for (int i = 0; i < V.Count; i++)
        {
            padded[i] = i < left ? from[i] : default;
        }

        return V.Load(ref *padded);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void StorePart(V value, byte* address, nint left)
    {
        var to = (T*)address;
        if (IsMasked)
        {
            if (typeof(T) == typeof(float))
            {
                Avx512F.MaskStore((float*)to, Unsafe.BitCast<V, Vector512<float>>(First(left)), Unsafe.BitCast<V, Vector512<float>>(value));
            }
            else
            {
                Avx512F.MaskStore((double*)to, Unsafe.BitCast<V, Vector512<double>>(First(left)), Unsafe.BitCast<V, Vector512<double>>(value));
            }

            return;
        }

        T* padded = stackalloc T[V.Count];
        value.Store(ref *padded);
        for (int i = 0; i < left; i++)
        {
            to[i] = padded[i];
        }
    }

    /// <summary>Truth values as a mask.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LoadTruth(byte* from)
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
    public static V LoadTruthPart(byte* from, nint left)
    {
        T* padded = stackalloc T[V.Count];
        for (int i = 0; i < V.Count; i++)
        {
            padded[i] = i < left && from[i] != 0 ? T.One : T.Zero;
        }

        return V.Equal(V.Load(ref *padded), V.Splat(1));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void StoreTruthPart(V mask, byte* to, nint left) => WriteTruth(V.Bits(mask), to, left);

    private static void WriteTruth(uint bits, byte* to, nint left)
    {
        for (int i = 0; i < left; i++)
        {
            to[i] = (byte)((bits >> i) & 1);
        }
    }

    /// <summary>The value, with the identity of a reduction beyond the end of the row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V KeptPart(V value, nint left, double identity) => V.Select(First(left), value, V.Splat(identity));

    // A mask of the first lanes.
    private static V First(nint count) => V.Less(LaneIndices(), V.Splat(count));
}
