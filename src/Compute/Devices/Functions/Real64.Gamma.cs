using Backprop.Compute.Host.Functions;

namespace Backprop.Compute.Devices.Functions;

/// <content>The logarithm of Γ and its derivatives: the host's, with the elementary functions of devices.</content>
internal static partial class Real64
{
    public static double Lgamma(double x) => GammaFunctions<Elementary>.Lgamma(x);

    public static double Digamma(double x) => GammaFunctions<Elementary>.Digamma(x);

    public static double Polygamma(double x, int n) => GammaFunctions<Elementary>.Polygamma(n, x);

    private readonly struct Elementary : IElementaryFunctions
    {
        public static double MultiplyAdd(double x, double y, double z) => Fused.MultiplyAdd(x, y, z);

        public static double Abs(double x) => Real64.Abs(x);

        public static double Floor(double x) => Real64.Floor(x);

        public static double Round(double x) => Real64.Round(x);

        public static double Exp(double x) => Real64.Exp(x);

        public static double Log(double x) => Real64.Log(x);

        public static double Sin(double x) => Real64.Sin(x);

        public static double Tan(double x) => Real64.Tan(x);

        public static double Pow(double x, double y) => Power(x, y);
    }
}
