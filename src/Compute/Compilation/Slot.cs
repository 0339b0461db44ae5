using Backprop.Domain.Graphs;

namespace Backprop.Compute.Compilation;

/// <summary>Where a value is stored: its buffer and its first element there.</summary>
/// <param name="Buffer">The index of the buffer in <see cref="Plan.Buffers"/>.</param>
/// <param name="Offset">The element at which the value starts.</param>
public readonly record struct Slot(int Buffer, int Offset);

/// <summary>What a buffer is backed by.</summary>
public enum BufferKind
{
    /// <summary>Working memory, which values share one after another.</summary>
    Work,

    /// <summary>The value given for an input; never written.</summary>
    Input,

    /// <summary>The value of a constant; never written.</summary>
    Constant,

    /// <summary>Memory of a result, which the caller keeps.</summary>
    Result,
}

/// <summary>A buffer of a plan.</summary>
/// <param name="Kind">What backs it.</param>
/// <param name="Index">The index of the input among the inputs, of the constant among the nodes, or of the result among the outputs.</param>
/// <param name="DType">The type of its elements.</param>
/// <param name="Length">The number of its elements.</param>
public readonly record struct PlannedBuffer(BufferKind Kind, int Index, DType DType, int Length);
