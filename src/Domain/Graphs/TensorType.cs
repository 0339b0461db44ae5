namespace Backprop.Domain.Graphs;

/// <summary>The static type of a value.</summary>
/// <param name="DType">The type of its elements.</param>
/// <param name="Shape">Its extents.</param>
public readonly record struct TensorType(DType DType, Shape Shape)
{
    /// <summary>Elements.</summary>
    public long Count => Shape.Count;

    /// <summary>The format in messages: <c>float64[2,3]</c>.</summary>
    public override string ToString() => DType.Label() + Shape;
}
