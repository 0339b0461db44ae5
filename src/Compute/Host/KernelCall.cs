using Backprop.Compute.Host.Gemm;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host;

/// <summary>The arguments of a kernel: the node it computes, the operands, and the result's memory.</summary>
/// <param name="node">The node, for its attributes.</param>
/// <param name="operands">The operands, of the types of the node's inputs.</param>
/// <param name="result">The result, whose memory may hold anything; for an elementwise node it may be an operand's.</param>
/// <param name="cancellationToken">Checked by kernels that run long.</param>
public readonly ref struct KernelCall(Node node, ReadOnlySpan<View> operands, View result, CancellationToken cancellationToken)
{
    /// <summary>The node that is computed.</summary>
    public Node Node { get; } = node;

    /// <summary>The operands in the node's order.</summary>
    public ReadOnlySpan<View> Operands { get; } = operands;

    /// <summary>The result's memory.</summary>
    public View Result { get; } = result;

    /// <summary>Ends the computation early.</summary>
    public CancellationToken Cancellation { get; } = cancellationToken;

    /// <summary>Consumes the result part by part, if not null; a kernel may ignore it.</summary>
    internal Epilogue? Epilogue { get; init; }
}

/// <summary>Computes one node.</summary>
/// <exception cref="KernelException">The kernel cannot compute its node for these values.</exception>
public delegate void Kernel(KernelCall call);
