namespace Backprop.Infrastructure.Formats.Onnx.Wire;

/// <summary>The encoding of a field's value (protobuf.dev/programming-guides/encoding).</summary>
internal enum WireType
{
    /// <summary>7 bits per byte, the least significant first.</summary>
    Varint = 0,

    /// <summary>Eight bytes, little-endian.</summary>
    Fixed64 = 1,

    /// <summary>A length, then as many bytes: texts, nested messages, packed numbers.</summary>
    Delimited = 2,

    /// <summary>Four bytes, little-endian.</summary>
    Fixed32 = 5,
}
