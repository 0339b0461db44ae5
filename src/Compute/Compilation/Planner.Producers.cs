using System.Runtime.InteropServices;
using Backprop.Compute.Compilation.Loops;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Compute.Compilation;

/// <content>Which products run together with the loop after them.</content>
internal sealed partial class Planner
{
    private const long LittleBytes = 1 << 12;

    private void FindProducers()
    {
        for (int step = 0; step + 1 < steps.Count; step++)
        {
            check.Before(1);
            if (steps[step] >= 0 && steps[step + 1] < 0 && groups[~steps[step + 1]] is FusedLoop loop && TakesUp(loop, steps[step]))
            {
                producers.Add(step);

                // The loop writes while the product still reads.
                foreach (int operand in OperandsOf(step))
                {
                    lastUse[root[operand]] = Math.Max(lastUse[root[operand]], step + 1);
                }
            }
        }
    }

    // True if it reads the product only element by element.
    private bool TakesUp(FusedLoop loop, int product)
    {
        LoopOperand[] shown = Array.FindAll(loop.Inputs, input => root[input.Value] == product);
        return IsProduct(product) && graph.Nodes[product].DType == loop.DType && graph.Nodes[product].Type.Count == loop.Count
            && shown.Length > 0
                && shown.All(input => input.Shape == OperandShape.Elementwise && !input.IsBroadcast(loop.RowShape.Dims, loop.Columns)
                && views?.Strides[input.Value] is null);
    }

    private bool IsProduct(int value) => graph.Nodes[value].Op.IsContraction && views?.Strides[value] is null;

    private Span<int> OperandsOf(int step) => CollectionsMarshal.AsSpan(operands)[starts[step]..starts[step + 1]];

    /// <summary>Whether a loop may run right after the product that it waited for: it must not keep more memory than it frees.</summary>
    private bool MayFollow(int product, int[] members, bool[] outside, int users)
    {
        long kept = members.Where(member => outside[member]).Sum(member => Bytes(graph.Nodes[member].Type));
        return kept <= (users == 1 ? Bytes(graph.Nodes[product].Type) : 0) + LittleBytes;
    }

    private static long Bytes(TensorType type) => type.Count * type.DType.Size();
}
