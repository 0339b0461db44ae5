using Backprop.Domain.Graphs;

namespace Backprop.Infrastructure.Formats.Onnx;

/// <summary>
/// Counts what is read from a file, and its expansion once functions are inlined. An empty message takes two bytes in the file and a hundred in
/// memory, and functions that call functions grow exponentially: the size of a file bounds neither.
/// </summary>
/// <param name="limits">The limits.</param>
/// <param name="cancellationToken">Cancels at the next count.</param>
internal sealed class ModelBudget(OnnxLimits limits, CancellationToken cancellationToken)
{
    // Names, attributes and extents per allowed node: more than real models have.
    private const long PartsPerNode = 8;
    private long nodes;
    private long parts;
    private long elements;

    /// <summary>Cancels a loop over elements that were counted together, every few thousand of them.</summary>
    public void Check(int element)
    {
        if ((element & 0xFFF) == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Counts a node by its <see cref="GraphSize"/>.</summary>
    /// <exception cref="LimitException">There are too many.</exception>
    public void Node(long size = 1)
    {
        cancellationToken.ThrowIfCancellationRequested();
        nodes += size;
        if (nodes > limits.MaxNodes)
        {
            throw new LimitException("Limits:MaxNodes", limits.MaxNodes, $"at least {nodes} nodes", "onnx");
        }
    }

    /// <summary>Counts names, attributes, extents and other repeated parts.</summary>
    /// <exception cref="LimitException">There are too many.</exception>
    public void Parts(long count = 1)
    {
        cancellationToken.ThrowIfCancellationRequested();
        parts += count;
        if (parts / PartsPerNode > limits.MaxNodes)
        {
            throw new LimitException("Limits:MaxNodes", limits.MaxNodes,
                $"at least {parts} names, attributes and extents, as {parts / PartsPerNode} nodes may have", "onnx");
        }
    }

    /// <summary>Counts the elements of a tensor.</summary>
    /// <exception cref="LimitException">There are too many.</exception>
    public void Elements(long count)
    {
        if (count > limits.MaxElements - elements)
        {
            throw new LimitException("Limits:MaxElements", limits.MaxElements, $"{(double)elements + count:0} elements in the tensors of the model",
                "onnx");
        }

        elements += count;
    }
}
