namespace Backprop.Compute.Host.Matrices;

/// <summary>What both variants of Jacobi's method share.</summary>
internal static class Rotations
{
    /// <summary>More sweeps than any matrix needs, since they converge quadratically.</summary>
    public const int MostSweeps = 60;

    /// <summary>Half of the distance from 1 to the next number.</summary>
    public const double Unit = 1.1102230246251565e-16;

    /// <summary>The sine, sine/(1 + cosine) and tangent of the smaller angle whose double has this cotangent.</summary>
    public static (double Sine, double Ratio, double Tangent) Angle(double cotangent)
    {
        double tangent = Math.CopySign(1, cotangent) / (Math.Abs(cotangent) + Math.Sqrt((cotangent * cotangent) + 1));
        double cosine = 1 / Math.Sqrt((tangent * tangent) + 1), sine = tangent * cosine;
        return (sine, sine / (1 + cosine), tangent);
    }

    /// <summary>The identity, row-major.</summary>
    public static double[] IdentityOf(int n)
    {
        var identity = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            identity[(i * n) + i] = 1;
        }

        return identity;
    }
}
