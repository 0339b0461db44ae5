using Backprop.Domain.Graphs;

namespace Backprop.Infrastructure.Formats.Onnx.Schema;

/// <summary>The element types of ONNX that have a name here: TensorProto.DataType, with its numbers.</summary>
public enum OnnxElementType
{
    /// <summary>None stated.</summary>
    Undefined = 0,

    /// <summary>IEEE 754 single precision.</summary>
    Float = 1,

    /// <summary>Unsigned, 8 bits.</summary>
    UInt8 = 2,

    /// <summary>Signed, 8 bits.</summary>
    Int8 = 3,

    /// <summary>Unsigned, 16 bits.</summary>
    UInt16 = 4,

    /// <summary>Signed, 16 bits.</summary>
    Int16 = 5,

    /// <summary>Signed, 32 bits.</summary>
    Int32 = 6,

    /// <summary>Signed, 64 bits.</summary>
    Int64 = 7,

    /// <summary>Texts.</summary>
    String = 8,

    /// <summary>True or false.</summary>
    Bool = 9,

    /// <summary>IEEE 754 half precision.</summary>
    Float16 = 10,

    /// <summary>IEEE 754 double precision.</summary>
    Double = 11,

    /// <summary>Unsigned, 32 bits.</summary>
    UInt32 = 12,

    /// <summary>Unsigned, 64 bits.</summary>
    UInt64 = 13,

    /// <summary>Complex numbers of single precision.</summary>
    Complex64 = 14,

    /// <summary>Complex numbers of double precision.</summary>
    Complex128 = 15,

    /// <summary>The upper half of single precision.</summary>
    BFloat16 = 16,
}

/// <summary>Properties of an <see cref="OnnxElementType"/>.</summary>
public static class ElementTypes
{
    /// <summary>
    /// The element type that a value of this type has here, or null if it is unsupported. 16-bit floats are computed in float32, integers in int64.
    /// </summary>
    public static DType? DType(this OnnxElementType type) => type switch
    {
        OnnxElementType.Float or OnnxElementType.Float16 or OnnxElementType.BFloat16 => Domain.Graphs.DType.Float32,
        OnnxElementType.Double => Domain.Graphs.DType.Float64,
        OnnxElementType.Int32 or OnnxElementType.Int64 => Domain.Graphs.DType.Int64,
        OnnxElementType.UInt8 or OnnxElementType.Int8 or OnnxElementType.UInt16 or OnnxElementType.Int16
            or OnnxElementType.UInt32 or OnnxElementType.UInt64 =>
            Domain.Graphs.DType.Int64,
        OnnxElementType.Bool => Domain.Graphs.DType.Bool,
        _ => null,
    };

    /// <summary>
    /// The bits of an integer type narrower than int64 and computed in it, 0 for all other types. int32 is not among them: it counts elements and
    /// positions, which do not overflow in meaningful models.
    /// </summary>
    public static int NarrowBits(this OnnxElementType type) => type switch
    {
        OnnxElementType.UInt8 or OnnxElementType.Int8 => 8,
        OnnxElementType.UInt16 or OnnxElementType.Int16 => 16,
        OnnxElementType.UInt32 => 32,
        _ => 0,
    };

    /// <summary>Whether the type is signed.</summary>
    public static bool IsSigned(this OnnxElementType type) =>
        type is OnnxElementType.Int8 or OnnxElementType.Int16 or OnnxElementType.Int32 or OnnxElementType.Int64;

    /// <summary>What the answer should report about a value of this type, or null if it is computed in its own type.</summary>
    public static string? Note(this OnnxElementType type) => type switch
    {
        OnnxElementType.Float16 or OnnxElementType.BFloat16 =>
            $"{type.Label()} is computed in float32: results are not rounded to 16 bits and do not overflow with them",
        OnnxElementType.UInt64 => "uint64 is computed in int64",
        _ when type.NarrowBits() > 0 => $"{type.Label()} is computed in int64; sums, products and casts are reduced to its range",
        _ => null,
    };

    /// <summary>The name of the type in ONNX's own texts: <c>float16</c>.</summary>
    public static string Label(this OnnxElementType type) => Enum.IsDefined(type) ? type.ToString().ToLowerInvariant() : $"type {(int)type}";

    /// <summary>The type in a file of a value with this type here.</summary>
    public static OnnxElementType Of(DType dtype) => dtype switch
    {
        Domain.Graphs.DType.Float32 => OnnxElementType.Float,
        Domain.Graphs.DType.Float64 => OnnxElementType.Double,
        Domain.Graphs.DType.Int64 => OnnxElementType.Int64,
        _ => OnnxElementType.Bool,
    };
}
