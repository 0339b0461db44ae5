using Backprop.Compute.Host.VectorMath;

namespace Backprop.Compute.Devices.Functions;

/// <content>Norms, computed as on the host.</content>
internal static partial class Real32
{
    /// <summary>1 if a sum of squares is in range or NaN, otherwise the factor for the elements.</summary>
    public static float NormScale(float sum) =>
        sum < NormScales.LeastSingle ? NormScales.UpSingle : sum > float.MaxValue ? NormScales.DownSingle : 1;

    public static float Hypot(float x, float y)
    {
        float scale = NormScale((x * x) + (y * y)), a = x * scale, b = y * scale;
        return Sqrt((a * a) + (b * b)) / scale;
    }
}
