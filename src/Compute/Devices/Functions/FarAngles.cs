using ILGPU;

namespace Backprop.Compute.Devices.Functions;

/// <summary>
/// The remainder of a large angle after whole half turns (Payne and Hanek): 1/π is multiplied by the number's mantissa in integers, from the first
/// binary digits that can affect the remainder.
/// </summary>
internal static class FarAngles
{
    /// <summary>A quarter turn as an addend.</summary>
    public const ulong QuarterTurn = 1UL << 62;

    /// <summary>An angle of at most a quarter turn that has the same sine.</summary>
    /// <param name="x">An angle of at least 2²⁶.</param>
    /// <param name="further">What is added: a <see cref="QuarterTurn"/>, whose sine is the cosine, or nothing.</param>
    public static double Reduced(double x, ulong further)
    {
        ulong pattern = Interop.FloatAsInt(x);
        int exponent = (int)((pattern >> 52) & 0x7FF) - 1075;
        if (exponent > 971)
        {
            return double.NaN; // infinity and NaN
        }

        ulong mantissa = (pattern & 0xFFFFFFFFFFFFF) | 0x10000000000000;
        int first = exponent <= 0 ? 0 : (exponent - 1) / 32;
        ulong low = Pair(first + 4), middle = Pair(first + 2), high = Pair(first);
        ulong p0 = mantissa * low, p1 = High(mantissa, low), p2 = High(mantissa, middle), p3 = High(mantissa, high);
        ulong add1 = mantissa * middle, add2 = mantissa * high;
        p1 += add1;
        ulong carry = p1 < add1 ? 1UL : 0UL;
        p2 += carry;
        p3 += p2 < carry ? 1UL : 0UL;
        p2 += add2;
        p3 += p2 < add2 ? 1UL : 0UL;

        // The last bit before the point becomes the top bit.
        int shift = 95 - (32 * (first + 1)) + exponent;
        bool far = shift >= 64;
        (p3, p2, p1) = far ? (p2, p1, p0) : (p3, p2, p1);
        shift -= far ? 64 : 0;
        ulong top = shift == 0 ? p3 : (p3 << shift) | (p2 >> (64 - shift));
        ulong next = shift == 0 ? p2 : (p2 << shift) | (p1 >> (64 - shift));
        top += further;
        ulong parity = top >> 63;
        long fraction = (long)((top << 1) | (next >> 63));
        parity ^= fraction < 0 ? 1UL : 0UL;
        double turn = (fraction * 5.421010862427522e-20) + ((next << 1) * 2.938735877055719e-39);
        return (x < 0 == (parity == 0) ? -turn : turn) * Math.PI;
    }

    private static ulong Pair(int word) => ((ulong)Word(word) << 32) | Word(word + 1);

    private static ulong High(ulong x, ulong y)
    {
        ulong xLow = x & 0xFFFFFFFF, xHigh = x >> 32, yLow = y & 0xFFFFFFFF, yHigh = y >> 32;
        ulong cross = (xHigh * yLow) + (xLow * yLow >> 32);
        ulong other = (xLow * yHigh) + (cross & 0xFFFFFFFF);
        return (xHigh * yHigh) + (cross >> 32) + (other >> 32);
    }

    /// <summary>The binary digits of 1/π after the point, 32 at a time.</summary>
    private static uint Word(int word) => word switch
    {
        0 => 0x517CC1B7,
        1 => 0x27220A94,
        2 => 0xFE13ABE8,
        3 => 0xFA9A6EE0,
        4 => 0x6DB14ACC,
        5 => 0x9E21C820,
        6 => 0xFF28B1D5,
        7 => 0xEF5DE2B0,
        8 => 0xDB92371D,
        9 => 0x2126E970,
        10 => 0x03249775,
        11 => 0x04E8C90E,
        12 => 0x7F0EF58E,
        13 => 0x5894D39F,
        14 => 0x74411AFA,
        15 => 0x975DA242,
        16 => 0x74CE3813,
        17 => 0x5A2FBF20,
        18 => 0x9CC8EB1C,
        19 => 0xC1A99CFA,
        20 => 0x4E422FC5,
        21 => 0xDEFC941D,
        22 => 0x8FFC4BFF,
        23 => 0xEF02CC07,
        24 => 0xF79788C5,
        25 => 0xAD05368F,
        26 => 0xB69B3F67,
        27 => 0x93E584DB,
        28 => 0xA7A31FB3,
        29 => 0x4F2FF516,
        30 => 0xBA93DD63,
        31 => 0xF5F2F8BD,
        32 => 0x9E839CFB,
        33 => 0xC5294975,
        34 => 0x35FDAFD8,
        35 => 0x8FC6AE84,
        36 => 0x2B019823,
        37 => 0x7E3DB5D5,
        _ => 0,
    };
}
