using Backprop.Compute.Compilation.Loops;
using Backprop.Compute.Host.Kernels.Indexing;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host.Loops;

/// <summary>The gather indices of rows, such as a label's class: they are given as int64 and compared as numbers of the loop's type.</summary>
internal static unsafe class GatherIndices
{
    /// <summary>Writes the gather indices of some rows.</summary>
    /// <param name="loop">The group.</param>
    /// <param name="input">Which of its inputs.</param>
    /// <param name="memory">The input's memory.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">The rows.</param>
    /// <param name="to">Where the indices are written.</param>
    /// <exception cref="GraphException">A gather index is out of range; the message names the node.</exception>
    public static void Read(FusedLoop loop, LoopOperand input, View memory, int first, int count, byte* to)
    {
        Node node = input.IndexOperand!;
        View chosen = memory with { Type = node.Inputs[1].Type };
        try
        {
            Positions.RequireClasses(node, chosen, first, count, loop.Columns);
            for (int row = 0; row < count; row++)
            {
                int column = Positions.Resolve(chosen, chosen.Values<long>(), first + row, loop.Columns);
                if (loop.DType == DType.Float32)
                {
                    ((float*)to)[row] = column;
                }
                else
                {
                    ((double*)to)[row] = column;
                }
            }
        }
        catch (KernelException exception)
        {
            throw HostExecutor.At(node, exception);
        }
    }
}
