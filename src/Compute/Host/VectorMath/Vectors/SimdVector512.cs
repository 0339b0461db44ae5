using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Backprop.Compute.Host.VectorMath.Vectors;

/// <summary>512 bits of lanes.</summary>
internal readonly struct SimdVector512<T>(Vector512<T> value) : ISimdVector<SimdVector512<T>, T>
    where T : unmanaged
{
    private readonly Vector512<T> value = value;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<T>.Count;
    }

    private static bool IsSingle
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512<T> operator +(SimdVector512<T> x, SimdVector512<T> y) => new(x.value + y.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512<T> operator -(SimdVector512<T> x, SimdVector512<T> y) => new(x.value - y.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512<T> operator *(SimdVector512<T> x, SimdVector512<T> y) => new(x.value * y.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512<T> operator /(SimdVector512<T> x, SimdVector512<T> y) => new(x.value / y.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512<T> operator &(SimdVector512<T> x, SimdVector512<T> y) => new(x.value & y.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512<T> operator |(SimdVector512<T> x, SimdVector512<T> y) => new(x.value | y.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512<T> operator ^(SimdVector512<T> x, SimdVector512<T> y) => new(x.value ^ y.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512<T> Load(ref readonly T from) => new(Vector512.LoadUnsafe(in from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512<T> Fill(T value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512<T> Splat(double value) =>
        IsSingle ? new(Vector512.Create((float)value).As<float, T>()) : new(Vector512.Create(value).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512<T> MultiplyAdd(SimdVector512<T> x, SimdVector512<T> y, SimdVector512<T> z) => IsSingle
        ? new(Vector512.FusedMultiplyAdd(x.value.AsSingle(), y.value.AsSingle(), z.value.AsSingle()).As<float, T>())
        : new(Vector512.FusedMultiplyAdd(x.value.AsDouble(), y.value.AsDouble(), z.value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512<T> Abs(SimdVector512<T> x) => new(Vector512.Abs(x.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512<T> Sqrt(SimdVector512<T> x) => new(Vector512.Sqrt(x.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512<T> Round(SimdVector512<T> x) => IsSingle
        ? new(Vector512.Round(x.value.AsSingle()).As<float, T>())
        : new(Vector512.Round(x.value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512<T> Min(SimdVector512<T> x, SimdVector512<T> y) => new(Vector512.MinNative(x.value, y.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512<T> Max(SimdVector512<T> x, SimdVector512<T> y) => new(Vector512.MaxNative(x.value, y.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512<T> Less(SimdVector512<T> x, SimdVector512<T> y) => new(Vector512.LessThan(x.value, y.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512<T> LessOrEqual(SimdVector512<T> x, SimdVector512<T> y) => new(Vector512.LessThanOrEqual(x.value, y.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512<T> Equal(SimdVector512<T> x, SimdVector512<T> y) => new(Vector512.Equals(x.value, y.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512<T> Select(SimdVector512<T> mask, SimdVector512<T> x, SimdVector512<T> y) =>
        new(Vector512.ConditionalSelect(mask.value, x.value, y.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Bits(SimdVector512<T> mask) => (uint)Vector512.ExtractMostSignificantBits(mask.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AllLessOrEqual(SimdVector512<T> x, SimdVector512<T> y) => Vector512.LessThanOrEqualAll(x.value, y.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512<T> AddBits(SimdVector512<T> x, SimdVector512<T> y) => IsSingle
        ? new((x.value.AsInt32() + y.value.AsInt32()).As<int, T>())
        : new((x.value.AsInt64() + y.value.AsInt64()).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512<T> SubtractBits(SimdVector512<T> x, SimdVector512<T> y) => IsSingle
        ? new((x.value.AsInt32() - y.value.AsInt32()).As<int, T>())
        : new((x.value.AsInt64() - y.value.AsInt64()).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512<T> ShiftLeft(SimdVector512<T> x, int indices) => IsSingle
        ? new((x.value.AsInt32() << indices).As<int, T>())
        : new((x.value.AsInt64() << indices).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512<T> ShiftRight(SimdVector512<T> x, int indices) => IsSingle
        ? new((x.value.AsInt32() >> indices).As<int, T>())
        : new((x.value.AsInt64() >> indices).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512<T> Scale(SimdVector512<T> x, SimdVector512<T> n) =>
        !Avx512F.IsSupported ? Powers.Scale<SimdVector512<T>, T>(x, n)
        : IsSingle ? new(Avx512F.Scale(x.value.AsSingle(), n.value.AsSingle()).As<float, T>())
        : new(Avx512F.Scale(x.value.AsDouble(), n.value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SimdVector512<T> Horner(SimdVector512<T> x, double c) => MultiplyAdd(this, x, Splat(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SimdVector512<T> Horner(SimdVector512<T> x, SimdVector512<T> mask, double c, double d) =>
        MultiplyAdd(this, x, Select(mask, Splat(c), Splat(d)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T to) => value.StoreUnsafe(ref to);
}
