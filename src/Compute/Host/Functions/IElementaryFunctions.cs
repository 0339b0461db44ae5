namespace Backprop.Compute.Host.Functions;

/// <summary>The elementary functions that others are built on, so that those are written once for the processor and for devices.</summary>
internal interface IElementaryFunctions
{
    /// <summary>x · y + z, rounded once.</summary>
    static abstract double MultiplyAdd(double x, double y, double z);

    static abstract double Abs(double x);

    static abstract double Floor(double x);

    static abstract double Round(double x);

    static abstract double Exp(double x);

    static abstract double Log(double x);

    static abstract double Sin(double x);

    static abstract double Tan(double x);

    static abstract double Pow(double x, double y);
}

/// <summary>.NET's functions.</summary>
internal readonly struct ProcessorFunctions : IElementaryFunctions
{
    public static double MultiplyAdd(double x, double y, double z) => Math.FusedMultiplyAdd(x, y, z);

    public static double Abs(double x) => Math.Abs(x);

    public static double Floor(double x) => Math.Floor(x);

    public static double Round(double x) => Math.Round(x);

    public static double Exp(double x) => Math.Exp(x);

    public static double Log(double x) => Math.Log(x);

    public static double Sin(double x) => Math.Sin(x);

    public static double Tan(double x) => Math.Tan(x);

    public static double Pow(double x, double y) => Math.Pow(x, y);
}
