using Backprop.Compute.Host.VectorMath;
using Backprop.Compute.Host.VectorMath.Vectors;
using ILGPU;

namespace Backprop.Compute.Devices.Functions;

/// <summary>One float as a vector: with it, the host's vectorized functions, written for any number of lanes, become those of a device.</summary>
internal readonly struct Lane32(float value) : ISimdVector<Lane32, float>
{
    /// <summary>The number.</summary>
    public readonly float Value = value;

    public static int Count => 1;

    private int Pattern => (int)Interop.FloatAsInt(Value);

    public static Lane32 operator +(Lane32 x, Lane32 y) => new(x.Value + y.Value);

    public static Lane32 operator -(Lane32 x, Lane32 y) => new(x.Value - y.Value);

    public static Lane32 operator *(Lane32 x, Lane32 y) => new(x.Value * y.Value);

    public static Lane32 operator /(Lane32 x, Lane32 y) => new(x.Value / y.Value);

    public static Lane32 operator &(Lane32 x, Lane32 y) => Of(x.Pattern & y.Pattern);

    public static Lane32 operator |(Lane32 x, Lane32 y) => Of(x.Pattern | y.Pattern);

    public static Lane32 operator ^(Lane32 x, Lane32 y) => Of(x.Pattern ^ y.Pattern);

    public static Lane32 Load(ref readonly float from) => new(from);

    public static Lane32 Fill(float value) => new(value);

    public static Lane32 Splat(double value) => new((float)value);

    public static Lane32 MultiplyAdd(Lane32 x, Lane32 y, Lane32 z) => new(Fused.MultiplyAdd(x.Value, y.Value, z.Value));

    public static Lane32 Abs(Lane32 x) => Of(x.Pattern & int.MaxValue);

    public static Lane32 Sqrt(Lane32 x) => new(MathF.Sqrt(x.Value));

    public static Lane32 Round(Lane32 x) => new(Real32.Round(x.Value));

    public static Lane32 Min(Lane32 x, Lane32 y) => new(x.Value < y.Value ? x.Value : y.Value);

    public static Lane32 Max(Lane32 x, Lane32 y) => new(x.Value > y.Value ? x.Value : y.Value);

    public static Lane32 Less(Lane32 x, Lane32 y) => Of(x.Value < y.Value ? -1 : 0);

    public static Lane32 LessOrEqual(Lane32 x, Lane32 y) => Of(x.Value <= y.Value ? -1 : 0);

    public static Lane32 Equal(Lane32 x, Lane32 y) => Of(x.Value == y.Value ? -1 : 0);

    public static Lane32 Select(Lane32 mask, Lane32 x, Lane32 y) => new(mask.Pattern < 0 ? x.Value : y.Value);

    public static uint Bits(Lane32 mask) => mask.Pattern < 0 ? 1u : 0u;

    public static bool AllLessOrEqual(Lane32 x, Lane32 y) => x.Value <= y.Value;

    public static Lane32 AddBits(Lane32 x, Lane32 y) => Of(x.Pattern + y.Pattern);

    public static Lane32 SubtractBits(Lane32 x, Lane32 y) => Of(x.Pattern - y.Pattern);

    public static Lane32 ShiftLeft(Lane32 x, int indices) => Of(x.Pattern << indices);

    public static Lane32 ShiftRight(Lane32 x, int indices) => Of(x.Pattern >> indices);

    public static Lane32 Scale(Lane32 x, Lane32 n) => Powers.Scale<Lane32, float>(x, n);

    public Lane32 Horner(Lane32 x, double c) => MultiplyAdd(this, x, Splat(c));

    public Lane32 Horner(Lane32 x, Lane32 mask, double c, double d) => MultiplyAdd(this, x, Select(mask, Splat(c), Splat(d)));

    public void Store(ref float to) => to = Value;

    private static Lane32 Of(int pattern) => new(Interop.IntAsFloat((uint)pattern));
}
