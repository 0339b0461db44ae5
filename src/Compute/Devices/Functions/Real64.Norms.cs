using Backprop.Compute.Host.VectorMath;

namespace Backprop.Compute.Devices.Functions;

/// <content>Norms, computed as on the host.</content>
internal static partial class Real64
{
    /// <summary>1 if a sum of squares is in range or NaN, otherwise the factor for the elements.</summary>
    public static double NormScale(double sum) =>
        sum < NormScales.LeastDouble ? NormScales.UpDouble : sum > double.MaxValue ? NormScales.DownDouble : 1;

    public static double Hypot(double x, double y)
    {
        double scale = NormScale((x * x) + (y * y)), a = x * scale, b = y * scale;
        return Sqrt((a * a) + (b * b)) / scale;
    }
}
