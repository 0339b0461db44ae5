using System.Globalization;

namespace Backprop.Domain.Graphs;

/// <summary>
/// A value as written: numbers whose element type may be open until their use is known. Integers are stored as int64, so that no digit is lost, all
/// others as float64.
/// </summary>
/// <param name="Value">The numbers.</param>
/// <param name="Stated">The element type that was stated with them, if any.</param>
public sealed record Literal(Tensor Value, DType? Stated = null)
{
    /// <summary>The element type that the value itself determines: the stated one, or bool for truth values.</summary>
    public DType? Natural => Stated ?? (Value.DType == DType.Bool ? DType.Bool : null);

    /// <summary>A number without a stated type.</summary>
    public static Literal Of(double value) => new(Tensor.Scalar(value));

    /// <summary>An integer without a stated type.</summary>
    public static Literal Of(long value) => new(Tensor.Scalar(value));

    /// <summary>A list of integers without a stated type.</summary>
    public static Literal Of(params long[] values) => new(Tensor.Vector(values));

    /// <summary>The numbers in <paramref name="dtype"/>.</summary>
    /// <exception cref="FormatException">A number is out of range, or not an integer although integers are required.</exception>
    public Tensor As(DType dtype, CancellationToken cancellationToken = default)
    {
        if (Stated is { } stated && stated != dtype)
        {
            throw new FormatException($"the value is {stated.Label()}, expected {dtype.Label()}");
        }

        if (Value.DType == dtype)
        {
            return Value;
        }

        return (Value.DType, dtype) switch
        {
            (DType.Int64, DType.Float64) => Converted<long, double>((x, _) => x, cancellationToken),
            (DType.Int64, DType.Float32) => Converted<long, float>((x, _) => x, cancellationToken),
            (DType.Float64, DType.Float32) => Converted<double, float>(ToSingle, cancellationToken),
            (DType.Float64, DType.Int64) => Converted<double, long>(ToInteger, cancellationToken),
            (DType.Float32, DType.Float64) => Converted<float, double>((x, _) => x, cancellationToken),
            _ => throw new FormatException($"the value is {Value.DType.Label()}, expected {dtype.Label()}"),
        };
    }

    private float ToSingle(double x, int position)
    {
        var single = (float)x;
        return float.IsInfinity(single) && !double.IsInfinity(x)
            ? throw new FormatException($"{x.ToString("R", CultureInfo.InvariantCulture)}{At(position)} is outside the range of float32")
            : single;
    }

    private long ToInteger(double x, int position) => x == Math.Floor(x) && Math.Abs(x) < 9.2233720368547758e18
        ? (long)x
        : throw new FormatException($"{x.ToString("R", CultureInfo.InvariantCulture)}{At(position)} is not an int64");

    private string At(int position) => Value.Shape.Rank == 0 ? string.Empty : $" at [{string.Join(',', Value.Shape.IndexOf(position))}]";

    private Tensor Converted<TFrom, TTo>(Func<TFrom, int, TTo> convert, CancellationToken cancellationToken)
        where TFrom : unmanaged
        where TTo : unmanaged
    {
        ReadOnlySpan<TFrom> from = Value.Values<TFrom>();
        TTo[] to = GC.AllocateUninitializedArray<TTo>(from.Length);
        for (int i = 0; i < to.Length; i++)
        {
            if ((i & 0xFFF) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            to[i] = convert(from[i], i);
        }

        return Tensor.Of(to, Value.Shape);
    }
}
