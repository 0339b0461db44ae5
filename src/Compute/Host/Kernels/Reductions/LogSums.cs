using System.Numerics;
using Backprop.Compute.Host.Functions;

namespace Backprop.Compute.Host.Kernels.Reductions;

/// <summary>
/// The logarithm of a sum of exponentials, the largest of which is e^0. If that is nearly the whole sum, the others are summed again by themselves
/// for log1p: added to the 1, they would lose their digits.
/// </summary>
internal static class LogSums
{
    private const int Block = 512;

    /// <summary>The logarithm of the sum over a row.</summary>
    /// <param name="x">The row.</param>
    /// <param name="shift">What is subtracted from its elements: their maximum, if that is finite.</param>
    /// <param name="sum">The sum of the exponentials of the differences.</param>
    /// <param name="cancellationToken">Checked between blocks.</param>
    public static T OfRow<T>(ReadOnlySpan<T> x, T shift, T sum, CancellationToken cancellationToken = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!IsNearlyOne(sum))
        {
            return T.Log(sum);
        }

        Span<T> differences = stackalloc T[Block], powers = stackalloc T[Block];
        T others = T.Zero;
        for (; x.Length > 0; x = x[Math.Min(Block, x.Length)..])
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(Block, x.Length);
            TensorPrimitives.Subtract(x[..count], shift, differences);
            Elementary.Exp<T>(differences[..count], powers[..count]);
            T ofBlock = T.Zero;
            for (int i = 0; i < count; i++)
            {
                ofBlock += differences[i] == T.Zero ? T.Zero : powers[i];
            }

            others += ofBlock;
        }

        return Log1p(others);
    }

    /// <summary>The same over a column of some rows.</summary>
    public static T OfColumn<T>(ReadOnlySpan<T> x, int rows, int stride, T shift, T sum, CancellationToken cancellationToken)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!IsNearlyOne(sum))
        {
            return T.Log(sum);
        }

        var check = new CancellationCheck(cancellationToken);
        T others = T.Zero;
        for (int row = 0; row < rows; row++)
        {
            check.Before(1);
            T difference = x[row * stride] - shift;
            others += difference == T.Zero ? T.Zero : T.Exp(difference);
        }

        return Log1p(others);
    }

    private static T Log1p<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateSaturating(SpecialFunctions.Log1p(double.CreateSaturating(x)));

    // Less than twice the largest: few enough others for log1p to gain digits.
    private static bool IsNearlyOne<T>(T sum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => sum >= T.One && sum < T.CreateSaturating(1.125);
}
