using Backprop.Compute.Host.Kernels;

namespace Backprop.Compute.Devices.Functions;

/// <content>Norms, as the host has them.</content>
internal static partial class Real64
{
    /// <summary>1 where a sum of squares is in the range or NaN, else by what to multiply the elements.</summary>
    public static double NormScale(double sum) =>
        sum < NormScales.LeastDouble ? NormScales.UpDouble : sum > double.MaxValue ? NormScales.DownDouble : 1;

    public static double Hypot(double x, double y)
    {
        double scale = NormScale((x * x) + (y * y)), a = x * scale, b = y * scale;
        return Sqrt((a * a) + (b * b)) / scale;
    }
}
