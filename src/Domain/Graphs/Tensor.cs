using System.Runtime.InteropServices;

namespace Backprop.Domain.Graphs;

/// <summary>A dense row-major array of one of the four element types.</summary>
public sealed class Tensor
{
    private readonly Array storage;

    private Tensor(DType dtype, Shape shape, Array storage)
    {
        DType = dtype;
        Shape = shape;
        this.storage = storage;
    }

    /// <summary>The type of its elements.</summary>
    public DType DType { get; }

    /// <summary>Its extents.</summary>
    public Shape Shape { get; }

    /// <summary>Both together.</summary>
    public TensorType Type => new(DType, Shape);

    /// <summary>Elements.</summary>
    public int Count => (int)Shape.Count;

    /// <summary>The array that holds the elements at its start; it may be longer.</summary>
    public Array Storage => storage;

    /// <summary>A tensor over <paramref name="values"/> (<c>double</c>, <c>float</c>, <c>long</c> or <c>bool</c>), which is not copied.</summary>
    /// <exception cref="ArgumentException">The array has fewer elements than the shape, or another type.</exception>
    public static Tensor Of<T>(T[] values, Shape shape)
        where T : unmanaged
    {
        if (values.LongLength < shape.Count)
        {
            throw new ArgumentException($"{values.Length} values for the shape {shape}.", nameof(values));
        }

        return new Tensor(DTypeOf<T>(), shape, values);
    }

    /// <summary>A tensor over an array of one of the four element types, which is not copied.</summary>
    public static Tensor Of(Array values, Shape shape) => values switch
    {
        double[] doubles => Of(doubles, shape),
        float[] floats => Of(floats, shape),
        long[] longs => Of(longs, shape),
        bool[] bools => Of(bools, shape),
        _ => throw new ArgumentException($"No tensor holds {values.GetType()}.", nameof(values)),
    };

    /// <summary>A vector over <paramref name="values"/>.</summary>
    public static Tensor Vector<T>(params T[] values)
        where T : unmanaged => Of(values, Shape.Of(values.Length));

    /// <summary>A tensor of rank 0.</summary>
    public static Tensor Scalar<T>(T value)
        where T : unmanaged => Of([value], Shape.Scalar);

    /// <summary>A tensor of zeros (false for bool).</summary>
    public static Tensor Zeros(TensorType type) => new(type.DType, type.Shape, type.DType switch
    {
        DType.Float64 => new double[type.Count],
        DType.Float32 => new float[type.Count],
        DType.Int64 => new long[type.Count],
        _ => new bool[type.Count],
    });

    /// <summary>A tensor whose elements all are <paramref name="value"/>, converted to the element type.</summary>
    public static Tensor Filled(TensorType type, double value)
    {
        Tensor tensor = Zeros(type);
        switch (type.DType)
        {
            case DType.Float64: tensor.Values<double>().Fill(value); break;
            case DType.Float32: tensor.Values<float>().Fill((float)value); break;
            case DType.Int64: tensor.Values<long>().Fill((long)value); break;
            default: tensor.Values<bool>().Fill(value != 0); break;
        }

        return tensor;
    }

    /// <summary>The element type of a .NET type.</summary>
    public static DType DTypeOf<T>()
        where T : unmanaged =>
        typeof(T) == typeof(double) ? DType.Float64
        : typeof(T) == typeof(float) ? DType.Float32
        : typeof(T) == typeof(long) ? DType.Int64
        : typeof(T) == typeof(bool) ? DType.Bool
        : throw new ArgumentException($"No tensor holds {typeof(T)}.");

    /// <summary>The elements in row-major order.</summary>
    /// <exception cref="InvalidCastException">The tensor holds another type.</exception>
    public Span<T> Values<T>()
        where T : unmanaged => ((T[])storage).AsSpan(0, Count);

    /// <summary>The elements as bytes, in native byte order.</summary>
    public ReadOnlySpan<byte> Bytes() => DType switch
    {
        DType.Float64 => MemoryMarshal.AsBytes(Values<double>()),
        DType.Float32 => MemoryMarshal.AsBytes(Values<float>()),
        DType.Int64 => MemoryMarshal.AsBytes(Values<long>()),
        _ => MemoryMarshal.AsBytes(Values<bool>()),
    };

    /// <summary>One element as a double, whatever the type (true is 1). Setting converts to the element type.</summary>
    public double this[int position]
    {
        get => DType switch
        {
            DType.Float64 => ((double[])storage)[position],
            DType.Float32 => ((float[])storage)[position],
            DType.Int64 => ((long[])storage)[position],
            _ => ((bool[])storage)[position] ? 1 : 0,
        };
        set
        {
            switch (DType)
            {
                case DType.Float64: ((double[])storage)[position] = value; break;
                case DType.Float32: ((float[])storage)[position] = (float)value; break;
                case DType.Int64: ((long[])storage)[position] = (long)value; break;
                default: ((bool[])storage)[position] = value != 0; break;
            }
        }
    }

    /// <summary>The same elements in memory of their own.</summary>
    public Tensor Copy()
    {
        Tensor copy = Zeros(Type);
        Array.Copy(storage, copy.storage, Count);
        return copy;
    }

    /// <summary>The same elements with another shape of the same count.</summary>
    public Tensor Reshaped(Shape shape) => shape.Count == Shape.Count
        ? new Tensor(DType, shape, storage)
        : throw new ArgumentException($"{Shape} does not have as many elements as {shape}.", nameof(shape));

    /// <summary>
    /// The same numbers in another element type, each rounded to it (towards zero for integers); the tensor itself if it already has that type.
    /// </summary>
    public Tensor Converted(DType dtype, CancellationToken cancellationToken = default)
    {
        if (dtype == DType)
        {
            return this;
        }

        Tensor made = Zeros(new TensorType(dtype, Shape));
        for (int i = 0; i < Count; i++)
        {
            if ((i & 0xFFF) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            made[i] = this[i];
        }

        return made;
    }

    /// <summary>The elements as an array of their .NET type and of exactly their number: the tensor's own array if it is not longer.</summary>
    public Array ToArray()
    {
        if (storage.Length == Count)
        {
            return storage;
        }

        var exact = Array.CreateInstance(storage.GetType().GetElementType()!, Count);
        Array.Copy(storage, exact, Count);
        return exact;
    }

    /// <summary>All elements as integers; the tensor must hold integers.</summary>
    public long[] ToIntegers() => Values<long>().ToArray();
}
