namespace Backprop.Client.Values;

/// <summary>The type of a tensor's elements: <c>float64</c>, <c>float32</c>, <c>int64</c> or <c>bool</c>.</summary>
public enum ElementType
{
    /// <summary>IEEE 754 double precision, the default: 8 bytes.</summary>
    Float64,

    /// <summary>IEEE 754 single precision: 4 bytes.</summary>
    Float32,

    /// <summary>Signed 64-bit integers: 8 bytes.</summary>
    Int64,

    /// <summary>True or false: 1 byte.</summary>
    Bool,
}

/// <summary>The form in which a tensor value is written: <c>nested</c>, <c>flat</c> or <c>base64</c>.</summary>
public enum ValueEncoding
{
    /// <summary>A number, or arrays within arrays: the default.</summary>
    Nested,

    /// <summary><c>{"shape","dtype","data"}</c>, the elements in row-major order.</summary>
    Flat,

    /// <summary><c>{"shape","dtype","base64"}</c>, the elements as little-endian bytes in row-major order.</summary>
    Base64,
}
