using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Backprop.Compute.Host.VectorMath.Vectors;

/// <summary>Selects between two operands by bools, whose bytes are widened to masks.</summary>
internal static class Blend
{
    private const int Block = 8;

    /// <summary>result = condition ? x : y; x and y are as long as the result, or have one element that is used for all.</summary>
    public static void Apply<T>(ReadOnlySpan<bool> condition, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> result)
        where T : unmanaged
    {
        int xStep = x.Length == 1 ? 0 : 1, yStep = y.Length == 1 ? 0 : 1;
        int done = Unsafe.SizeOf<T>() switch
        {
            4 => Blocks(condition, MemoryMarshal.Cast<T, uint>(x), xStep, MemoryMarshal.Cast<T, uint>(y), yStep, MemoryMarshal.Cast<T, uint>(result)),
            8 => Blocks(condition, MemoryMarshal.Cast<T, ulong>(x), xStep, MemoryMarshal.Cast<T, ulong>(y), yStep, MemoryMarshal.Cast<T,
                ulong>(result)),
            _ => 0,
        };
        for (int i = done; i < result.Length; i++)
        {
            result[i] = condition[i] ? x[i * xStep] : y[i * yStep];
        }
    }

    private static int Blocks(ReadOnlySpan<bool> condition, ReadOnlySpan<uint> x, int xStep, ReadOnlySpan<uint> y, int yStep, Span<uint> result)
    {
        int i = 0;
        for (; i <= result.Length - Block; i += Block)
        {
            Vector256<uint> mask = Vector256<uint>.Zero - Widened(condition, i);
            Vector256.ConditionalSelect(mask, Eight(x, i, xStep), Eight(y, i, yStep)).CopyTo(result[i..]);
        }

        return i;
    }

    private static int Blocks(ReadOnlySpan<bool> condition, ReadOnlySpan<ulong> x, int xStep, ReadOnlySpan<ulong> y, int yStep, Span<ulong> result)
    {
        int i = 0;
        for (; i <= result.Length - Block; i += Block)
        {
            (Vector256<ulong> low, Vector256<ulong> high) = Vector256.Widen(Widened(condition, i));
            Vector512<ulong> mask = Vector512<ulong>.Zero - Vector512.Create(low, high);
            Vector512<ulong> left = xStep == 0 ? Vector512.Create(x[0]) : Vector512.Create(x.Slice(i, Block));
            Vector512<ulong> right = yStep == 0 ? Vector512.Create(y[0]) : Vector512.Create(y.Slice(i, Block));
            Vector512.ConditionalSelect(mask, left, right).CopyTo(result[i..]);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Eight(ReadOnlySpan<uint> x, int i, int step) => step == 0 ? Vector256.Create(x[0])
        : Vector256.Create(x.Slice(i, Block));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Widened(ReadOnlySpan<bool> condition, int i)
    {
        Vector128<byte> bytes = Vector128.CreateScalar(MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(condition.Slice(i, Block)))).AsByte();
        (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(Vector128.WidenLower(bytes));
        return Vector256.Create(low, high);
    }
}
