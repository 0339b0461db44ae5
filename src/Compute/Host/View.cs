using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host;

/// <summary>A value in memory: a stretch of a buffer, with its type.</summary>
/// <param name="Memory">The buffer.</param>
/// <param name="Offset">The element at which the value starts.</param>
/// <param name="Type">Element type and shape.</param>
/// <param name="Strides">For every axis the distance in elements from one position to the next; null if row-major.</param>
public readonly record struct View(Tensor Memory, int Offset, TensorType Type, int[]? Strides = null)
{
    /// <summary>The whole of a tensor.</summary>
    public View(Tensor tensor)
        : this(tensor, 0, tensor.Type)
    {
    }

    /// <summary>Extents.</summary>
    public Shape Shape => Type.Shape;

    /// <summary>Element type.</summary>
    public DType DType => Type.DType;

    /// <summary>Elements.</summary>
    public int Count => (int)Type.Count;

    /// <summary>The elements, which are row-major.</summary>
    public Span<T> Values<T>()
        where T : unmanaged => Memory.Values<T>().Slice(Offset, Count);

    /// <summary>For every axis the distance in elements from one position to the next, given or row-major.</summary>
    public int[] Steps() => Strides ?? Array.ConvertAll(Shape.Strides(), stride => (int)stride);

    /// <summary>The memory from the first element on, to which the strides apply.</summary>
    public Span<T> Reach<T>()
        where T : unmanaged => Memory.Values<T>()[Offset..];
}
