using Backprop.Domain.Graphs;

namespace Backprop.Compute.Devices.Memory;

/// <summary>Where a value is stored on a device.</summary>
/// <param name="Constant">Whether it is among the plan's constants; otherwise it is in the working memory.</param>
/// <param name="Offset">The bytes before it.</param>
/// <param name="DType">The type of its elements.</param>
/// <param name="Shape">Its extents.</param>
internal readonly record struct ValueLayout(bool Constant, long Offset, DType DType, Shape Shape)
{
    /// <summary>Elements.</summary>
    public int Count => (int)Shape.Count;

    /// <summary>Bytes.</summary>
    public long Bytes => Shape.Count * DType.Size();

    /// <summary>The elements before it.</summary>
    public long Element => Offset / DType.Size();
}
