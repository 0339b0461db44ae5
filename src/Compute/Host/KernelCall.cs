using Backprop.Compute.Host.Gemm;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host;

/// <summary>What a kernel is given: the node it computes, the operands, and where the result goes.</summary>
/// <param name="node">The node, for its attributes.</param>
/// <param name="operands">The operands, of the types of the node's inputs.</param>
/// <param name="result">The result, whose memory holds anything before; for an elementwise node it may be an operand's.</param>
/// <param name="cancellation">Checked by kernels that take long.</param>
public readonly ref struct KernelCall(Node node, ReadOnlySpan<View> operands, View result, CancellationToken cancellation)
{
    /// <summary>The node that is computed.</summary>
    public Node Node { get; } = node;

    /// <summary>The operands in the node's order.</summary>
    public ReadOnlySpan<View> Operands { get; } = operands;

    /// <summary>Where the result goes.</summary>
    public View Result { get; } = result;

    /// <summary>Ends the computation early.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>What takes up the result part by part, if anything; a kernel may leave it alone.</summary>
    internal Epilogue? Epilogue { get; init; }
}

/// <summary>Computes one node.</summary>
/// <exception cref="KernelException">The values do not allow it.</exception>
public delegate void Kernel(KernelCall call);
