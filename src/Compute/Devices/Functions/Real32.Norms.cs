using Backprop.Compute.Host.Kernels;

namespace Backprop.Compute.Devices.Functions;

/// <content>Norms, as the host has them.</content>
internal static partial class Real32
{
    /// <summary>1 where a sum of squares is in the range or NaN, else by what to multiply the elements.</summary>
    public static float NormScale(float sum) =>
        sum < NormScales.LeastSingle ? NormScales.UpSingle : sum > float.MaxValue ? NormScales.DownSingle : 1;

    public static float Hypot(float x, float y)
    {
        float scale = NormScale((x * x) + (y * y)), a = x * scale, b = y * scale;
        return Sqrt((a * a) + (b * b)) / scale;
    }
}
