using System.Numerics;
using Backprop.Compute.Compilation.Loops;
using Backprop.Compute.Host.Kernels.Reductions;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host.Loops;

/// <summary>
/// The passes of a group over rows that may have to be read twice: norms, and logarithms of sums of exponentials. They are not emitted, and read the
/// rows from memory.
/// </summary>
internal static unsafe class LoopRows
{
    private const int Block = 1024;

    /// <summary>The kernel of a pass that reads differences and a sum for each row.</summary>
    public static LoopKernel LogSumOf(DType dtype) => dtype == DType.Float32 ? LogSums<float> : LogSums<double>;

    /// <summary>The kernel of a pass that reads elements and writes norms.</summary>
    /// <param name="dtype">The element type.</param>
    /// <param name="isJoined">True if all rows have one norm, combined with what is already there.</param>
    /// <param name="epsilon">What is added to each sum of squares; 0 if rows are combined.</param>
    public static LoopKernel NormOf(DType dtype, bool isJoined, double epsilon) => (dtype == DType.Float32, isJoined) switch
    {
        (true, true) => Joined<float>,
        (true, false) => (pointers, strides, rows, count) => Rows(pointers, strides, rows, count, (float)epsilon),
        (false, true) => Joined<double>,
        _ => (pointers, strides, rows, count) => Rows(pointers, strides, rows, count, epsilon),
    };

    private static void Rows<T>(byte** pointers, nint* strides, nint rows, nint count, T epsilon)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        byte* x = pointers[0], to = pointers[1];
        for (nint row = 0; row < rows; row++, x += strides[0], to += strides[1])
        {
            T sum = Squares<T>(x, count) + epsilon;
            *(T*)to = NormRange<T>.Scale(sum) == T.One ? T.Sqrt(sum) : NormKernels.OfRow(new ReadOnlySpan<T>(x, (int)count), epsilon);
        }
    }

    // In blocks, so that rounding errors do not grow with the length of a row.
    private static T Squares<T>(byte* x, nint count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        for (nint first = 0; first < count; first += Block)
        {
            sum += Summation.OfSquares(new ReadOnlySpan<T>((T*)x + first, (int)nint.Min(Block, count - first)));
        }

        return sum;
    }

    private static void LogSums<T>(byte** pointers, nint* strides, nint rows, nint count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        byte* x = pointers[0], sum = pointers[1], to = pointers[2];
        for (nint row = 0; row < rows; row++, x += strides[0], sum += strides[1], to += strides[2])
        {
            *(T*)to = Kernels.Reductions.LogSums.OfRow(new ReadOnlySpan<T>(x, (int)count), T.Zero, *(T*)sum);
        }
    }

    private static void Joined<T>(byte** pointers, nint* strides, nint rows, nint count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        for (nint row = 0; row < rows; row++)
        {
            sum += Squares<T>(pointers[0] + (row * strides[0]), count);
        }

        T scale = NormRange<T>.Scale(sum);
        if (scale != T.One)
        {
            sum = T.Zero;
            for (nint row = 0; row < rows; row++)
            {
                sum += NormKernels.SquaresOfRow(new ReadOnlySpan<T>(pointers[0] + (row * strides[0]), (int)count), scale);
            }
        }

        T* to = (T*)pointers[1];
        *to = NormRange<T>.Hypot(*to, T.Sqrt(sum) / scale);
    }
}
