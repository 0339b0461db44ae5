using System.Runtime.InteropServices;
using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Formats.Onnx.Schema;

namespace Backprop.Infrastructure.Formats.Onnx;

/// <summary>The elements of TensorProto by type: their field, their size, and their conversion.</summary>
internal static class TensorElements
{
    private const int BFloat16Shift = 16;

    /// <summary>The field of the data if they are not raw bytes; −1 if there is none.</summary>
    public static int DataField(this ElementType type) => type switch
    {
        ElementType.Float => 4,
        ElementType.Int64 => 7,
        ElementType.Double => 10,
        ElementType.UInt32 or ElementType.UInt64 => 11,
        _ when type.DType() is not null => 5,
        _ => -1,
    };

    /// <summary>Bytes per number in that field, 0 for varints.</summary>
    public static int FixedSize(this ElementType type) => type switch
    {
        ElementType.Float => 4,
        ElementType.Double => 8,
        _ => 0,
    };

    /// <summary>Bytes per element in raw data.</summary>
    public static int RawSize(this ElementType type) => type switch
    {
        ElementType.Float or ElementType.Int32 or ElementType.UInt32 => 4,
        ElementType.Double or ElementType.Int64 or ElementType.UInt64 => 8,
        ElementType.Float16 or ElementType.BFloat16 or ElementType.Int16 or ElementType.UInt16 => 2,
        _ => 1,
    };

    /// <summary>Stores an element that was a varint. 16-bit floats are represented by their bits.</summary>
    /// <exception cref="OverflowException">It exceeds int64.</exception>
    public static void Put(Tensor tensor, int place, ElementType type, long value)
    {
        switch (type)
        {
            case ElementType.Bool: tensor.Values<bool>()[place] = value != 0; break;
            case ElementType.Float16: tensor.Values<float>()[place] = (float)BitConverter.UInt16BitsToHalf((ushort)value); break;
            case ElementType.BFloat16: tensor.Values<float>()[place] = BFloat16((ushort)value); break;
            case ElementType.UInt64: tensor.Values<long>()[place] = value >= 0 ? value : throw new OverflowException(); break;
            default: tensor.Values<long>()[place] = value; break;
        }
    }

    /// <summary>Stores raw elements from an offset on and returns their number.</summary>
    /// <exception cref="OverflowException">An element exceeds int64.</exception>
    public static int Raw(ReadOnlySpan<byte> data, ElementType type, Tensor tensor, int start) => type switch
    {
        ElementType.Float => Copied<float>(data, tensor, start),
        ElementType.Double => Copied<double>(data, tensor, start),
        ElementType.Int64 => Copied<long>(data, tensor, start),
        ElementType.Bool => Converted<byte, bool>(data, tensor, start, bits => bits != 0),
        ElementType.Float16 => Converted<Half, float>(data, tensor, start, number => (float)number),
        ElementType.BFloat16 => Converted<ushort, float>(data, tensor, start, BFloat16),
        ElementType.UInt8 => Converted<byte, long>(data, tensor, start, number => number),
        ElementType.Int8 => Converted<sbyte, long>(data, tensor, start, number => number),
        ElementType.UInt16 => Converted<ushort, long>(data, tensor, start, number => number),
        ElementType.Int16 => Converted<short, long>(data, tensor, start, number => number),
        ElementType.UInt32 => Converted<uint, long>(data, tensor, start, number => number),
        ElementType.UInt64 => Converted<ulong, long>(data, tensor, start, number => checked((long)number)),
        _ => Converted<int, long>(data, tensor, start, number => number),
    };

    // The upper half of single precision.
    private static float BFloat16(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << BFloat16Shift);

    private static int Copied<T>(ReadOnlySpan<byte> data, Tensor tensor, int start)
        where T : unmanaged
    {
        ReadOnlySpan<T> values = MemoryMarshal.Cast<byte, T>(data);
        values.CopyTo(tensor.Values<T>()[start..]);
        return values.Length;
    }

    private static int Converted<TFrom, TTo>(ReadOnlySpan<byte> data, Tensor tensor, int start, Func<TFrom, TTo> convert)
        where TFrom : unmanaged
        where TTo : unmanaged
    {
        ReadOnlySpan<TFrom> values = MemoryMarshal.Cast<byte, TFrom>(data);
        Span<TTo> made = tensor.Values<TTo>()[start..];
        for (int i = 0; i < values.Length; i++)
        {
            made[i] = convert(values[i]);
        }

        return values.Length;
    }
}
