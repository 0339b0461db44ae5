using Backprop.Domain.Graphs;

namespace Backprop.Compute.Experiments;

/// <summary>A floating-point format with fewer bits, emulated by rounding.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Significand">Bits of the significand, the hidden one included.</param>
/// <param name="MinimumExponent">The exponent of the smallest normal number.</param>
/// <param name="MaximumExponent">The exponent of the largest number.</param>
internal sealed record RoundedFormat(string Name, int Significand, int MinimumExponent, int MaximumExponent)
{
    /// <summary>IEEE 754 binary16: no numbers beside zero below 2⁻²⁴.</summary>
    public static RoundedFormat Fp16 { get; } = new("fp16", 11, -14, 15);

    /// <summary>bfloat16: the range of float32 with 8 bits of significand.</summary>
    public static RoundedFormat Bf16 { get; } = new("bf16", 8, -126, 127);

    /// <summary>The exponent of the smallest positive number.</summary>
    public int SmallestExponent => MinimumExponent - Significand + 1;

    private double Largest => Math.ScaleB(2 - Math.ScaleB(1, 1 - Significand), MaximumExponent);

    /// <summary>The nearest number of the format, ties to even; infinity beyond the largest.</summary>
    public double Round(double value)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return value;
        }

        double unit = Math.ScaleB(1, Math.Max(Math.ILogB(value), MinimumExponent) - Significand + 1);
        double rounded = Math.Round(value / unit, MidpointRounding.ToEven) * unit;
        return Math.Abs(rounded) > Largest ? Math.CopySign(double.PositiveInfinity, value) : rounded;
    }

    /// <summary>Rounds every element in place; integers and truth values stay.</summary>
    public void Round(Tensor tensor)
    {
        if (tensor.DType == DType.Float64)
        {
            foreach (ref double element in tensor.Values<double>())
            {
                element = Round(element);
            }
        }
    }
}
