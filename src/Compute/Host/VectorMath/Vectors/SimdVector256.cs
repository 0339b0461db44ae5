using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Backprop.Compute.Host.VectorMath.Vectors;

/// <summary>256 bits of lanes.</summary>
internal readonly struct SimdVector256<T>(Vector256<T> value) : ISimdVector<SimdVector256<T>, T>
    where T : unmanaged
{
    private readonly Vector256<T> value = value;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256<T>.Count;
    }

    private static bool IsSingle
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256<T> operator +(SimdVector256<T> x, SimdVector256<T> y) => new(x.value + y.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256<T> operator -(SimdVector256<T> x, SimdVector256<T> y) => new(x.value - y.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256<T> operator *(SimdVector256<T> x, SimdVector256<T> y) => new(x.value * y.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256<T> operator /(SimdVector256<T> x, SimdVector256<T> y) => new(x.value / y.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256<T> operator &(SimdVector256<T> x, SimdVector256<T> y) => new(x.value & y.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256<T> operator |(SimdVector256<T> x, SimdVector256<T> y) => new(x.value | y.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256<T> operator ^(SimdVector256<T> x, SimdVector256<T> y) => new(x.value ^ y.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256<T> Load(ref readonly T from) => new(Vector256.LoadUnsafe(in from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256<T> Fill(T value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256<T> Splat(double value) =>
        IsSingle ? new(Vector256.Create((float)value).As<float, T>()) : new(Vector256.Create(value).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256<T> MultiplyAdd(SimdVector256<T> x, SimdVector256<T> y, SimdVector256<T> z) => IsSingle
        ? new(Vector256.FusedMultiplyAdd(x.value.AsSingle(), y.value.AsSingle(), z.value.AsSingle()).As<float, T>())
        : new(Vector256.FusedMultiplyAdd(x.value.AsDouble(), y.value.AsDouble(), z.value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256<T> Abs(SimdVector256<T> x) => new(Vector256.Abs(x.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256<T> Sqrt(SimdVector256<T> x) => new(Vector256.Sqrt(x.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256<T> Round(SimdVector256<T> x) => IsSingle
        ? new(Vector256.Round(x.value.AsSingle()).As<float, T>())
        : new(Vector256.Round(x.value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256<T> Min(SimdVector256<T> x, SimdVector256<T> y) => new(Vector256.MinNative(x.value, y.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256<T> Max(SimdVector256<T> x, SimdVector256<T> y) => new(Vector256.MaxNative(x.value, y.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256<T> Less(SimdVector256<T> x, SimdVector256<T> y) => new(Vector256.LessThan(x.value, y.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256<T> LessOrEqual(SimdVector256<T> x, SimdVector256<T> y) => new(Vector256.LessThanOrEqual(x.value, y.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256<T> Equal(SimdVector256<T> x, SimdVector256<T> y) => new(Vector256.Equals(x.value, y.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256<T> Select(SimdVector256<T> mask, SimdVector256<T> x, SimdVector256<T> y) =>
        new(Vector256.ConditionalSelect(mask.value, x.value, y.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Bits(SimdVector256<T> mask) => Vector256.ExtractMostSignificantBits(mask.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AllLessOrEqual(SimdVector256<T> x, SimdVector256<T> y) => Vector256.LessThanOrEqualAll(x.value, y.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256<T> AddBits(SimdVector256<T> x, SimdVector256<T> y) => IsSingle
        ? new((x.value.AsInt32() + y.value.AsInt32()).As<int, T>())
        : new((x.value.AsInt64() + y.value.AsInt64()).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256<T> SubtractBits(SimdVector256<T> x, SimdVector256<T> y) => IsSingle
        ? new((x.value.AsInt32() - y.value.AsInt32()).As<int, T>())
        : new((x.value.AsInt64() - y.value.AsInt64()).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256<T> ShiftLeft(SimdVector256<T> x, int indices) => IsSingle
        ? new((x.value.AsInt32() << indices).As<int, T>())
        : new((x.value.AsInt64() << indices).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256<T> ShiftRight(SimdVector256<T> x, int indices) => IsSingle
        ? new((x.value.AsInt32() >> indices).As<int, T>())
        : new((x.value.AsInt64() >> indices).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector256<T> Scale(SimdVector256<T> x, SimdVector256<T> n) =>
        Powers.Scale<SimdVector256<T>, T>(x, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SimdVector256<T> Horner(SimdVector256<T> x, double c) => MultiplyAdd(this, x, Splat(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SimdVector256<T> Horner(SimdVector256<T> x, SimdVector256<T> mask, double c, double d) =>
        MultiplyAdd(this, x, Select(mask, Splat(c), Splat(d)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T to) => value.StoreUnsafe(ref to);
}
