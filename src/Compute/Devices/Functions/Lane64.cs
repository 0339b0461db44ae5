using Backprop.Compute.Host.VectorMath;
using Backprop.Compute.Host.VectorMath.Vectors;
using ILGPU;

namespace Backprop.Compute.Devices.Functions;

/// <summary>One double as a vector: with it, the host's vectorized functions, written for any number of lanes, become those of a device.</summary>
internal readonly struct Lane64(double value) : ISimdVector<Lane64, double>
{
    /// <summary>The number.</summary>
    public readonly double Value = value;

    public static int Count => 1;

    private long Pattern => (long)Interop.FloatAsInt(Value);

    public static Lane64 operator +(Lane64 x, Lane64 y) => new(x.Value + y.Value);

    public static Lane64 operator -(Lane64 x, Lane64 y) => new(x.Value - y.Value);

    public static Lane64 operator *(Lane64 x, Lane64 y) => new(x.Value * y.Value);

    public static Lane64 operator /(Lane64 x, Lane64 y) => new(x.Value / y.Value);

    public static Lane64 operator &(Lane64 x, Lane64 y) => Of(x.Pattern & y.Pattern);

    public static Lane64 operator |(Lane64 x, Lane64 y) => Of(x.Pattern | y.Pattern);

    public static Lane64 operator ^(Lane64 x, Lane64 y) => Of(x.Pattern ^ y.Pattern);

    public static Lane64 Load(ref readonly double from) => new(from);

    public static Lane64 Fill(double value) => new(value);

    public static Lane64 Splat(double value) => new(value);

    public static Lane64 MultiplyAdd(Lane64 x, Lane64 y, Lane64 z) => new(Fused.MultiplyAdd(x.Value, y.Value, z.Value));

    public static Lane64 Abs(Lane64 x) => Of(x.Pattern & long.MaxValue);

    public static Lane64 Sqrt(Lane64 x) => new(Math.Sqrt(x.Value));

    public static Lane64 Round(Lane64 x) => new(Real64.Round(x.Value));

    public static Lane64 Min(Lane64 x, Lane64 y) => new(x.Value < y.Value ? x.Value : y.Value);

    public static Lane64 Max(Lane64 x, Lane64 y) => new(x.Value > y.Value ? x.Value : y.Value);

    public static Lane64 Less(Lane64 x, Lane64 y) => Of(x.Value < y.Value ? -1L : 0L);

    public static Lane64 LessOrEqual(Lane64 x, Lane64 y) => Of(x.Value <= y.Value ? -1L : 0L);

    public static Lane64 Equal(Lane64 x, Lane64 y) => Of(x.Value == y.Value ? -1L : 0L);

    public static Lane64 Select(Lane64 mask, Lane64 x, Lane64 y) => new(mask.Pattern < 0 ? x.Value : y.Value);

    public static uint Bits(Lane64 mask) => mask.Pattern < 0 ? 1u : 0u;

    public static bool AllLessOrEqual(Lane64 x, Lane64 y) => x.Value <= y.Value;

    public static Lane64 AddBits(Lane64 x, Lane64 y) => Of(x.Pattern + y.Pattern);

    public static Lane64 SubtractBits(Lane64 x, Lane64 y) => Of(x.Pattern - y.Pattern);

    public static Lane64 ShiftLeft(Lane64 x, int indices) => Of(x.Pattern << indices);

    public static Lane64 ShiftRight(Lane64 x, int indices) => Of(x.Pattern >> indices);

    public static Lane64 Scale(Lane64 x, Lane64 n) => Powers.Scale<Lane64, double>(x, n);

    public Lane64 Horner(Lane64 x, double c) => MultiplyAdd(this, x, Splat(c));

    public Lane64 Horner(Lane64 x, Lane64 mask, double c, double d) => MultiplyAdd(this, x, Select(mask, Splat(c), Splat(d)));

    public void Store(ref double to) => to = Value;

    private static Lane64 Of(long pattern) => new(Interop.IntAsFloat((ulong)pattern));
}
