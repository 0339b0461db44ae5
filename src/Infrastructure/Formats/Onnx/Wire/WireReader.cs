using System.Buffers.Binary;
using System.Text;

namespace Backprop.Infrastructure.Formats.Onnx.Wire;

/// <summary>
/// Reads the fields of one protocol buffer message in place: nested messages and data are slices of the same bytes, so that nothing is allocated
/// before its size is known (protobuf.dev/programming-guides/encoding).
/// </summary>
/// <param name="bytes">The message.</param>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private int position;

    /// <summary>The number of the field that <see cref="Next"/> found.</summary>
    public int Field { get; private set; }

    /// <summary>The wire type of its value.</summary>
    public WireType Type { get; private set; }

    /// <summary>True at the end of the message.</summary>
    public readonly bool AtEnd => position == bytes.Length;

    /// <summary>Advances to the next field; false at the end of the message.</summary>
    /// <exception cref="WireException">The field is malformed.</exception>
    public bool Next()
    {
        if (AtEnd)
        {
            return false;
        }

        ulong tag = Varint();
        Type = (WireType)(tag & 7);
        Field = tag >> 3 is > 0 and < 1 << 29 and ulong field ? (int)field : throw new WireException($"a field has the number {tag >> 3}");
        return Type is WireType.Varint or WireType.Fixed64 or WireType.Delimited or WireType.Fixed32
            ? true
            : throw new WireException($"field {Field} has the wire type {(int)Type}");
    }

    /// <summary>The value of a field of whole numbers.</summary>
    public long Integer()
    {
        Demand(WireType.Varint);
        return (long)Varint();
    }

    /// <summary>The value of a float field.</summary>
    public float Single()
    {
        Demand(WireType.Fixed32);
        return BinaryPrimitives.ReadSingleLittleEndian(Take(4));
    }

    /// <summary>The bytes of a delimited field: a slice, no copy.</summary>
    public ReadOnlySpan<byte> Bytes() => Take(Length());

    /// <summary>The value of a string field.</summary>
    /// <exception cref="WireException">It is not UTF-8.</exception>
    public string Text()
    {
        try
        {
            return Strict.GetString(Bytes());
        }
        catch (DecoderFallbackException)
        {
            throw new WireException($"the text in field {Field} is not UTF-8");
        }
    }

    /// <summary>Skips the value of a field.</summary>
    public void Skip()
    {
        switch (Type)
        {
            case WireType.Varint: Varint(); break;
            case WireType.Fixed64: Take(8); break;
            case WireType.Fixed32: Take(4); break;
            default: Bytes(); break;
        }
    }

    /// <summary>The number of integers in a field: several if they are packed.</summary>
    public readonly int CountIntegers()
    {
        if (Type == WireType.Varint)
        {
            return 1;
        }

        int count = 0;
        foreach (byte part in Ahead())
        {
            count += part < 0x80 ? 1 : 0;
        }

        return count;
    }

    /// <summary>The integers of a field, packed or single.</summary>
    /// <param name="visit">Receives each.</param>
    public void Integers(Action<long> visit)
    {
        if (Type == WireType.Varint)
        {
            visit(Integer());
            return;
        }

        var packed = new WireReader(Bytes());
        while (!packed.AtEnd)
        {
            visit((long)packed.Varint());
        }
    }

    /// <summary>The bytes of fixed-size numbers, packed or single.</summary>
    /// <param name="size">Bytes of each: 4 or 8.</param>
    public ReadOnlySpan<byte> Fixed(int size)
    {
        ReadOnlySpan<byte> data = Type == (size == 4 ? WireType.Fixed32 : WireType.Fixed64) ? Take(size) : Bytes();
        return data.Length % size == 0 ? data
            : throw new WireException($"field {Field} has {data.Length} bytes, which is not a multiple of {size}");
    }

    /// <summary>A number with 7 bits per byte.</summary>
    public ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte part = Take(1)[0];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw new WireException("a number has more than 10 bytes");
    }

    private readonly void Demand(WireType type)
    {
        if (Type != type)
        {
            throw new WireException($"field {Field} has the wire type {(int)Type}, expected {(int)type}");
        }
    }

    private int Length()
    {
        Demand(WireType.Delimited);
        ulong length = Varint();
        return length <= (ulong)(bytes.Length - position)
            ? (int)length
            : throw new WireException($"field {Field} has {length} bytes, but only {bytes.Length - position} are left");
    }

    private readonly ReadOnlySpan<byte> Ahead()
    {
        WireReader copy = this;
        return copy.Bytes();
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > bytes.Length - position)
        {
            throw new WireException("the data ends within a field");
        }

        ReadOnlySpan<byte> taken = bytes.Slice(position, count);
        position += count;
        return taken;
    }
}
