using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Backprop.Compute.Host.VectorMath.Vectors;

/// <summary>128 bits of lanes.</summary>
internal readonly struct SimdVector128<T>(Vector128<T> value) : ISimdVector<SimdVector128<T>, T>
    where T : unmanaged
{
    private readonly Vector128<T> value = value;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128<T>.Count;
    }

    private static bool IsSingle
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128<T> operator +(SimdVector128<T> x, SimdVector128<T> y) => new(x.value + y.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128<T> operator -(SimdVector128<T> x, SimdVector128<T> y) => new(x.value - y.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128<T> operator *(SimdVector128<T> x, SimdVector128<T> y) => new(x.value * y.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128<T> operator /(SimdVector128<T> x, SimdVector128<T> y) => new(x.value / y.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128<T> operator &(SimdVector128<T> x, SimdVector128<T> y) => new(x.value & y.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128<T> operator |(SimdVector128<T> x, SimdVector128<T> y) => new(x.value | y.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128<T> operator ^(SimdVector128<T> x, SimdVector128<T> y) => new(x.value ^ y.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128<T> Load(ref readonly T from) => new(Vector128.LoadUnsafe(in from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128<T> Fill(T value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128<T> Splat(double value) =>
        IsSingle ? new(Vector128.Create((float)value).As<float, T>()) : new(Vector128.Create(value).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128<T> MultiplyAdd(SimdVector128<T> x, SimdVector128<T> y, SimdVector128<T> z) => IsSingle
        ? new(Vector128.FusedMultiplyAdd(x.value.AsSingle(), y.value.AsSingle(), z.value.AsSingle()).As<float, T>())
        : new(Vector128.FusedMultiplyAdd(x.value.AsDouble(), y.value.AsDouble(), z.value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128<T> Abs(SimdVector128<T> x) => new(Vector128.Abs(x.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128<T> Sqrt(SimdVector128<T> x) => new(Vector128.Sqrt(x.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128<T> Round(SimdVector128<T> x) => IsSingle
        ? new(Vector128.Round(x.value.AsSingle()).As<float, T>())
        : new(Vector128.Round(x.value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128<T> Min(SimdVector128<T> x, SimdVector128<T> y) => new(Vector128.MinNative(x.value, y.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128<T> Max(SimdVector128<T> x, SimdVector128<T> y) => new(Vector128.MaxNative(x.value, y.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128<T> Less(SimdVector128<T> x, SimdVector128<T> y) => new(Vector128.LessThan(x.value, y.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128<T> LessOrEqual(SimdVector128<T> x, SimdVector128<T> y) => new(Vector128.LessThanOrEqual(x.value, y.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128<T> Equal(SimdVector128<T> x, SimdVector128<T> y) => new(Vector128.Equals(x.value, y.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128<T> Select(SimdVector128<T> mask, SimdVector128<T> x, SimdVector128<T> y) =>
        new(Vector128.ConditionalSelect(mask.value, x.value, y.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Bits(SimdVector128<T> mask) => Vector128.ExtractMostSignificantBits(mask.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AllLessOrEqual(SimdVector128<T> x, SimdVector128<T> y) => Vector128.LessThanOrEqualAll(x.value, y.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128<T> AddBits(SimdVector128<T> x, SimdVector128<T> y) => IsSingle
        ? new((x.value.AsInt32() + y.value.AsInt32()).As<int, T>())
        : new((x.value.AsInt64() + y.value.AsInt64()).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128<T> SubtractBits(SimdVector128<T> x, SimdVector128<T> y) => IsSingle
        ? new((x.value.AsInt32() - y.value.AsInt32()).As<int, T>())
        : new((x.value.AsInt64() - y.value.AsInt64()).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128<T> ShiftLeft(SimdVector128<T> x, int indices) => IsSingle
        ? new((x.value.AsInt32() << indices).As<int, T>())
        : new((x.value.AsInt64() << indices).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128<T> ShiftRight(SimdVector128<T> x, int indices) => IsSingle
        ? new((x.value.AsInt32() >> indices).As<int, T>())
        : new((x.value.AsInt64() >> indices).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128<T> Scale(SimdVector128<T> x, SimdVector128<T> n) =>
        Powers.Scale<SimdVector128<T>, T>(x, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SimdVector128<T> Horner(SimdVector128<T> x, double c) => MultiplyAdd(this, x, Splat(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SimdVector128<T> Horner(SimdVector128<T> x, SimdVector128<T> mask, double c, double d) =>
        MultiplyAdd(this, x, Select(mask, Splat(c), Splat(d)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T to) => value.StoreUnsafe(ref to);
}
