namespace Backprop.Compute.Host.VectorMath.Vectors;

/// <summary>
/// A vector register of <typeparamref name="T"/> (float or double; for comparisons long, too), so that a function is written once for every width.
/// Operations are lane by lane: a lane's result depends only on that lane. Comparisons return masks, all ones where they hold.
/// </summary>
internal interface ISimdVector<TSelf, T>
    where TSelf : struct, ISimdVector<TSelf, T>
    where T : unmanaged
{
    /// <summary>The number of lanes.</summary>
    static abstract int Count { get; }

    static abstract TSelf operator +(TSelf x, TSelf y);

    static abstract TSelf operator -(TSelf x, TSelf y);

    static abstract TSelf operator *(TSelf x, TSelf y);

    static abstract TSelf operator /(TSelf x, TSelf y);

    /// <summary>Bitwise and.</summary>
    static abstract TSelf operator &(TSelf x, TSelf y);

    /// <summary>Bitwise or.</summary>
    static abstract TSelf operator |(TSelf x, TSelf y);

    /// <summary>Bitwise exclusive or.</summary>
    static abstract TSelf operator ^(TSelf x, TSelf y);

    static abstract TSelf Load(ref readonly T from);

    /// <summary>A number in every lane.</summary>
    static abstract TSelf Fill(T value);

    /// <summary>A constant, rounded to <typeparamref name="T"/>, in every lane.</summary>
    static abstract TSelf Splat(double value);

    /// <summary>x · y + z, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf x, TSelf y, TSelf z);

    static abstract TSelf Abs(TSelf x);

    static abstract TSelf Sqrt(TSelf x);

    /// <summary>The nearest integer, ties to even.</summary>
    static abstract TSelf Round(TSelf x);

    /// <summary>The lesser; <paramref name="y"/> if either is NaN.</summary>
    static abstract TSelf Min(TSelf x, TSelf y);

    /// <summary>The greater; <paramref name="y"/> if either is NaN.</summary>
    static abstract TSelf Max(TSelf x, TSelf y);

    static abstract TSelf Less(TSelf x, TSelf y);

    static abstract TSelf LessOrEqual(TSelf x, TSelf y);

    static abstract TSelf Equal(TSelf x, TSelf y);

    static abstract TSelf Select(TSelf mask, TSelf x, TSelf y);

    /// <summary>One bit per lane of a mask, the first lane's lowest.</summary>
    static abstract uint Bits(TSelf mask);

    static abstract bool AllLessOrEqual(TSelf x, TSelf y);

    /// <summary>The sum of the bits read as integers.</summary>
    static abstract TSelf AddBits(TSelf x, TSelf y);

    /// <summary>The difference of the bits read as integers.</summary>
    static abstract TSelf SubtractBits(TSelf x, TSelf y);

    /// <summary>The bits shifted left.</summary>
    static abstract TSelf ShiftLeft(TSelf x, int indices);

    /// <summary>The bits shifted right, the sign bit repeated.</summary>
    static abstract TSelf ShiftRight(TSelf x, int indices);

    /// <summary>x · 2ⁿ, rounded once, for an integer n that is at most twice the greatest exponent.</summary>
    static abstract TSelf Scale(TSelf x, TSelf n);

    /// <summary>A step of a polynomial by Horner's rule: this · x + c.</summary>
    TSelf Horner(TSelf x, double c);

    /// <summary>A step of one of two polynomials: this · x + c where the mask holds, otherwise this · x + d.</summary>
    TSelf Horner(TSelf x, TSelf mask, double c, double d);

    void Store(ref T to);
}
