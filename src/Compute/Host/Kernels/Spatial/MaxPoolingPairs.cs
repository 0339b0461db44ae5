using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Backprop.Compute.Host.Kernels.Spatial;

/// <summary>
/// The most common pooling, adjacent windows of two by two: the larger of each row, then the larger of these, so that the position follows from which
/// of three comparisons held.
/// </summary>
internal static class MaxPoolingPairs
{
    /// <summary>For eight windows, the distance of the largest element from the first of its window.</summary>
    /// <param name="upper">The first element of the first window.</param>
    /// <param name="below">The distance of a window's second row from its first.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Distances(ref float upper, int below)
    {
        (Vector256<float> left, Vector256<float> right) = Columns(ref upper);
        (Vector256<float> lowerLeft, Vector256<float> lowerRight) = Columns(ref Unsafe.Add(ref upper, below));
        Vector256<float> isRight = MaxPoolingLanes.Wins(right, left), isLowerRight = MaxPoolingLanes.Wins(lowerRight, lowerLeft);
        Vector256<float> isLower = MaxPoolingLanes.Wins(Avx.BlendVariable(lowerLeft, lowerRight, isLowerRight),
            Avx.BlendVariable(left, right, isRight));

        // A true mask is −1.
        Vector256<int> inUpper = Vector256<int>.Zero - isRight.AsInt32(), inLower = Vector256.Create(below) - isLowerRight.AsInt32();
        Vector256<int> distances = Avx2.BlendVariable(inUpper, inLower, isLower.AsInt32());
        return Avx2.Permute4x64(distances.AsInt64(), 0b11_01_10_00).AsInt32();
    }

    // Of windows 0, 1, 4, 5, 2, 3, 6 and 7, because shuffles work within halves of vectors.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Left, Vector256<float> Right) Columns(ref float first)
    {
        Vector256<float> low = Vector256.LoadUnsafe(ref first), high = Vector256.LoadUnsafe(ref first, 8);
        return (Avx.Shuffle(low, high, 0b10_00_10_00), Avx.Shuffle(low, high, 0b11_01_11_01));
    }
}
