using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Backprop.Compute.Host.Kernels;

/// <summary>Multiplies a matrix with a panel of columns as wide as three vectors; sums run along k in order, fused where there is an instruction.</summary>
internal static class MatrixPanel
{
    private const int Rows = 4;

    /// <summary>The columns of a panel.</summary>
    public static int Width<T>() => 3 * Vector<T>.Count;

    /// <summary>Writes the product of <paramref name="a"/> [rows, k] and a panel [k, Width] to <paramref name="width"/> columns of c.</summary>
    public static void Multiply<T>(ReadOnlySpan<T> a, int rows, int k, ReadOnlySpan<T> b, int strideB, Span<T> c, int strideC, int width)
        where T : unmanaged, INumber<T>
    {
        Span<T> tile = stackalloc T[Rows * Width<T>()];
        ref T panel = ref MemoryMarshal.GetReference(b);
        bool full = width == Width<T>();
        for (int row = 0; row < rows;)
        {
            int height = rows - row >= Rows ? Rows : 1;
            Span<T> target = full ? c[(row * strideC)..] : tile;
            ref T first = ref MemoryMarshal.GetReference(a[(row * k)..]);
            int stride = full ? strideC : Width<T>();
            if (height == Rows)
            {
                FourRows(ref first, k, ref panel, strideB, ref target[0], stride);
            }
            else
            {
                OneRow(ref first, k, ref panel, strideB, ref target[0]);
            }

            for (int i = 0; i < height && !full; i++)
            {
                tile.Slice(i * Width<T>(), width).CopyTo(c[((row + i) * strideC)..]);
            }

            row += height;
        }
    }

    private static void FourRows<T>(ref T a, int k, ref T b, int strideB, ref T c, int strideC)
        where T : unmanaged
    {
        int lanes = Vector<T>.Count;
        Vector<T> c00 = default, c01 = default, c02 = default, c10 = default, c11 = default, c12 = default;
        Vector<T> c20 = default, c21 = default, c22 = default, c30 = default, c31 = default, c32 = default;
        for (int p = 0; p < k; p++)
        {
            ref T row = ref Unsafe.Add(ref b, (nint)p * strideB);
            Vector<T> b0 = Vector.LoadUnsafe(ref row), b1 = Vector.LoadUnsafe(ref row, (nuint)lanes);
            Vector<T> b2 = Vector.LoadUnsafe(ref row, (nuint)(2 * lanes));
            var x = new Vector<T>(Unsafe.Add(ref a, p));
            (c00, c01, c02) = (Fused(x, b0, c00), Fused(x, b1, c01), Fused(x, b2, c02));
            x = new Vector<T>(Unsafe.Add(ref a, (nint)k + p));
            (c10, c11, c12) = (Fused(x, b0, c10), Fused(x, b1, c11), Fused(x, b2, c12));
            x = new Vector<T>(Unsafe.Add(ref a, (2 * (nint)k) + p));
            (c20, c21, c22) = (Fused(x, b0, c20), Fused(x, b1, c21), Fused(x, b2, c22));
            x = new Vector<T>(Unsafe.Add(ref a, (3 * (nint)k) + p));
            (c30, c31, c32) = (Fused(x, b0, c30), Fused(x, b1, c31), Fused(x, b2, c32));
        }

        Store(ref c, c00, c01, c02);
        Store(ref Unsafe.Add(ref c, strideC), c10, c11, c12);
        Store(ref Unsafe.Add(ref c, 2 * (nint)strideC), c20, c21, c22);
        Store(ref Unsafe.Add(ref c, 3 * (nint)strideC), c30, c31, c32);
    }

    private static void OneRow<T>(ref T a, int k, ref T b, int strideB, ref T c)
        where T : unmanaged
    {
        int lanes = Vector<T>.Count;
        Vector<T> c0 = default, c1 = default, c2 = default;
        for (int p = 0; p < k; p++)
        {
            ref T row = ref Unsafe.Add(ref b, (nint)p * strideB);
            var x = new Vector<T>(Unsafe.Add(ref a, p));
            c0 = Fused(x, Vector.LoadUnsafe(ref row), c0);
            c1 = Fused(x, Vector.LoadUnsafe(ref row, (nuint)lanes), c1);
            c2 = Fused(x, Vector.LoadUnsafe(ref row, (nuint)(2 * lanes)), c2);
        }

        Store(ref c, c0, c1, c2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(ref T c, Vector<T> c0, Vector<T> c1, Vector<T> c2)
        where T : unmanaged
    {
        c0.StoreUnsafe(ref c);
        c1.StoreUnsafe(ref c, (nuint)Vector<T>.Count);
        c2.StoreUnsafe(ref c, (nuint)(2 * Vector<T>.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Fused<T>(Vector<T> x, Vector<T> y, Vector<T> sum)
        where T : unmanaged =>
        typeof(T) == typeof(double)
            ? Vector.FusedMultiplyAdd(x.As<T, double>(), y.As<T, double>(), sum.As<T, double>()).As<double, T>()
            : typeof(T) == typeof(float)
                ? Vector.FusedMultiplyAdd(x.As<T, float>(), y.As<T, float>(), sum.As<T, float>()).As<float, T>()
                : (x * y) + sum;
}
