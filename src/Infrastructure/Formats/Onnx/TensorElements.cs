using System.Runtime.InteropServices;
using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Formats.Onnx.Schema;

namespace Backprop.Infrastructure.Formats.Onnx;

/// <summary>The elements of TensorProto by type: their field, their size, and their conversion.</summary>
internal static class TensorElements
{
    private const int BFloat16Shift = 16;

    /// <summary>The field of the data if they are not raw bytes; −1 if there is none.</summary>
    public static int DataField(this OnnxElementType type) => type switch
    {
        OnnxElementType.Float => 4,
        OnnxElementType.Int64 => 7,
        OnnxElementType.Double => 10,
        OnnxElementType.UInt32 or OnnxElementType.UInt64 => 11,
        _ when type.DType() is not null => 5,
        _ => -1,
    };

    /// <summary>Bytes per number in that field, 0 for varints.</summary>
    public static int FixedSize(this OnnxElementType type) => type switch
    {
        OnnxElementType.Float => 4,
        OnnxElementType.Double => 8,
        _ => 0,
    };

    /// <summary>Bytes per element in raw data.</summary>
    public static int RawSize(this OnnxElementType type) => type switch
    {
        OnnxElementType.Float or OnnxElementType.Int32 or OnnxElementType.UInt32 => 4,
        OnnxElementType.Double or OnnxElementType.Int64 or OnnxElementType.UInt64 => 8,
        OnnxElementType.Float16 or OnnxElementType.BFloat16 or OnnxElementType.Int16 or OnnxElementType.UInt16 => 2,
        _ => 1,
    };

    /// <summary>Stores an element that was a varint. 16-bit floats are represented by their bits.</summary>
    /// <exception cref="OverflowException">It exceeds int64.</exception>
    public static void Put(Tensor tensor, int place, OnnxElementType type, long value)
    {
        switch (type)
        {
            case OnnxElementType.Bool: tensor.Values<bool>()[place] = value != 0; break;
            case OnnxElementType.Float16: tensor.Values<float>()[place] = (float)BitConverter.UInt16BitsToHalf((ushort)value); break;
            case OnnxElementType.BFloat16: tensor.Values<float>()[place] = BFloat16((ushort)value); break;
            case OnnxElementType.UInt64: tensor.Values<long>()[place] = value >= 0 ? value : throw new OverflowException(); break;
            default: tensor.Values<long>()[place] = value; break;
        }
    }

    /// <summary>Stores raw elements from an offset on and returns their number.</summary>
    /// <exception cref="OverflowException">An element exceeds int64.</exception>
    public static int Raw(ReadOnlySpan<byte> data, OnnxElementType type, Tensor tensor, int start) => type switch
    {
        OnnxElementType.Float => Copied<float>(data, tensor, start),
        OnnxElementType.Double => Copied<double>(data, tensor, start),
        OnnxElementType.Int64 => Copied<long>(data, tensor, start),
        OnnxElementType.Bool => Converted<byte, bool>(data, tensor, start, bits => bits != 0),
        OnnxElementType.Float16 => Converted<Half, float>(data, tensor, start, number => (float)number),
        OnnxElementType.BFloat16 => Converted<ushort, float>(data, tensor, start, BFloat16),
        OnnxElementType.UInt8 => Converted<byte, long>(data, tensor, start, number => number),
        OnnxElementType.Int8 => Converted<sbyte, long>(data, tensor, start, number => number),
        OnnxElementType.UInt16 => Converted<ushort, long>(data, tensor, start, number => number),
        OnnxElementType.Int16 => Converted<short, long>(data, tensor, start, number => number),
        OnnxElementType.UInt32 => Converted<uint, long>(data, tensor, start, number => number),
        OnnxElementType.UInt64 => Converted<ulong, long>(data, tensor, start, number => checked((long)number)),
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
