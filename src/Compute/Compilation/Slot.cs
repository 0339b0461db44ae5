using Backprop.Domain.Graphs;

namespace Backprop.Compute.Compilation;

/// <summary>Where a value lies: from an element of a buffer on.</summary>
/// <param name="Buffer">The place of the buffer in <see cref="Plan.Buffers"/>.</param>
/// <param name="Offset">The element at which the value starts.</param>
public readonly record struct Slot(int Buffer, int Offset);

/// <summary>What stands behind a buffer.</summary>
public enum BufferKind
{
    /// <summary>Working memory, which values share one after the other.</summary>
    Work,

    /// <summary>The value given for an input; never written.</summary>
    Input,

    /// <summary>The value of a constant; never written.</summary>
    Constant,

    /// <summary>Memory of a result, which the caller keeps.</summary>
    Result,
}

/// <summary>A buffer of a plan.</summary>
/// <param name="Kind">What stands behind it.</param>
/// <param name="Index">The input's place among the inputs, the constant's place among the nodes, the result's among the outputs.</param>
/// <param name="DType">The type of its elements.</param>
/// <param name="Length">Its elements.</param>
public readonly record struct PlannedBuffer(BufferKind Kind, int Index, DType DType, int Length);
