using System.Numerics;
using Backprop.Compute.Host.VectorMath;

namespace Backprop.Compute.Host.Kernels.Reductions;

/// <summary>Sums of squares that leave the range of their type; see <see cref="NormScales"/>.</summary>
internal static class NormRange<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly bool IsSingle = typeof(T) == typeof(float);
    private static readonly T Least = T.CreateChecked(IsSingle ? NormScales.LeastSingle : NormScales.LeastDouble);
    private static readonly T Up = T.CreateChecked(IsSingle ? NormScales.UpSingle : NormScales.UpDouble);
    private static readonly T Down = T.CreateChecked(IsSingle ? NormScales.DownSingle : NormScales.DownDouble);

    /// <summary>1 if a sum of squares is in range or NaN, otherwise the factor for the elements.</summary>
    public static T Scale(T sum) => sum < Least ? Up : T.IsPositiveInfinity(sum) ? Down : T.One;

    /// <summary>√(x² + y²), with an error of at most one unit in the last place.</summary>
    public static T Hypot(T x, T y)
    {
        T sum = (x * x) + (y * y), scale = Scale(sum);
        if (scale == T.One)
        {
            return T.Sqrt(sum);
        }

        (x, y) = (x * scale, y * scale);
        return T.Sqrt((x * x) + (y * y)) / scale;
    }
}
