using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Backprop.Infrastructure.Formats.Onnx.Wire;

/// <summary>Writes the fields of one protocol buffer message (protobuf.dev/programming-guides/encoding).</summary>
internal sealed class WireWriter
{
    private readonly ArrayBufferWriter<byte> buffer = new();

    /// <summary>The message written until now.</summary>
    public ReadOnlySpan<byte> Written => buffer.WrittenSpan;

    /// <summary>A whole number.</summary>
    public void Integer(int field, long value)
    {
        Tag(field, WireType.Varint);
        Varint((ulong)value);
    }

    /// <summary>A float.</summary>
    public void Single(int field, float value)
    {
        Tag(field, WireType.Fixed32);
        BinaryPrimitives.WriteSingleLittleEndian(buffer.GetSpan(4), value);
        buffer.Advance(4);
    }

    /// <summary>A text.</summary>
    public void Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>A text, unless it is empty.</summary>
    public void OptionalText(int field, string value)
    {
        if (value.Length > 0)
        {
            Text(field, value);
        }
    }

    /// <summary>Bytes.</summary>
    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, WireType.Delimited);
        Varint((ulong)value.Length);
        buffer.Write(value);
    }

    /// <summary>A nested message.</summary>
    public void Message(int field, Action<WireWriter> write)
    {
        var nested = new WireWriter();
        write(nested);
        Bytes(field, nested.Written);
    }

    /// <summary>Packed whole numbers.</summary>
    public void Integers(int field, IReadOnlyList<long> values) => Message(field, nested =>
    {
        foreach (long value in values)
        {
            nested.Varint((ulong)value);
        }
    });

    /// <summary>Packed floats.</summary>
    public void Singles(int field, IReadOnlyList<float> values) => Message(field, nested =>
    {
        foreach (float value in values)
        {
            BinaryPrimitives.WriteSingleLittleEndian(nested.buffer.GetSpan(4), value);
            nested.buffer.Advance(4);
        }
    });

    private void Tag(int field, WireType type) => Varint(((ulong)field << 3) | (ulong)type);

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            buffer.Write([(byte)(value | 0x80)]);
        }

        buffer.Write([(byte)value]);
    }
}
