namespace Backprop.Domain.Graphs;

/// <summary>The type of a tensor's elements.</summary>
public enum DType
{
    /// <summary>IEEE 754 double precision: the default.</summary>
    Float64,

    /// <summary>IEEE 754 single precision.</summary>
    Float32,

    /// <summary>Signed 64-bit integers: indices, axes, shapes, class labels.</summary>
    Int64,

    /// <summary>True or false: the result of comparisons.</summary>
    Bool,
}

/// <summary>Properties of a <see cref="DType"/>.</summary>
public static class DTypes
{
    /// <summary>True for the types that have gradients.</summary>
    public static bool IsFloat(this DType dtype) => dtype is DType.Float64 or DType.Float32;

    /// <summary>The bytes per element.</summary>
    public static int Size(this DType dtype) => dtype switch
    {
        DType.Float64 or DType.Int64 => 8,
        DType.Float32 => 4,
        _ => 1,
    };

    /// <summary>The name on the wire: <c>float64</c>, <c>float32</c>, <c>int64</c>, <c>bool</c>.</summary>
    public static string Label(this DType dtype) => dtype switch
    {
        DType.Float64 => "float64",
        DType.Float32 => "float32",
        DType.Int64 => "int64",
        _ => "bool",
    };
}
