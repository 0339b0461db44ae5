using Backprop.Compute.Compilation;
using Backprop.Compute.Devices.Emission;
using Backprop.Compute.Devices.Memory;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Compute.Devices;

/// <summary>Prepares elementwise steps: a fused group, or a single node as a group of one.</summary>
internal static class ElementwiseStep
{
    // Below this, finding an element by strides costs nothing measurable compared with the launch, and fewer kernels are compiled.
    private const int LeastSpecialised = 1 << 12;

    /// <summary>The group of a node that runs by itself.</summary>
    public static FusedGroup Group(Node node, int value, int[] operands) => new(
        node.Shape,
        operands,
        [value],
        [],
        [new TileInstruction(node, [.. operands.Select((_, i) => new TileReference(TileSource.Operand, i))],
            new TileReference(TileSource.Result, 0))]);

    /// <summary>The launch of a group's kernel.</summary>
    public static Launch Prepare(FusedGroup group, PlanLayout layout, LoadedKernels kernels)
    {
        ValueLayout[] operands = Array.ConvertAll(group.Operands, layout.Of), results = Array.ConvertAll(group.Results, layout.Of);
        bool special = group.Instructions.Length > 1 || group.Shape.Count >= LeastSpecialised;
        var form = new ElementwiseForm(
            group,
            Array.ConvertAll(operands, operand => new FormOperand(operand.DType, operand.Constant, Reads(operand.Count, group.Shape, special))),
            Array.ConvertAll(results, result => result.DType));
        ValueLayout[] strided = [.. operands.Where((_, i) => form.Operands[i].Reading == Reading.Strided)];
        var nest = new LoopNest(group.Shape.Dims, [.. strided.Select(operand => LoopNest.Broadcast(operand.Shape, group.Shape.Rank))]);
        IEnumerable<int> loops = Enumerable.Range(0, nest.Depth);
        int row = layout.Row([
            .. operands.Select(operand => operand.Element),
            .. results.Select(result => result.Element),
            nest.Depth,
            .. loops.Select(loop => (long)nest.Extent(loop)),
            .. strided.SelectMany((_, i) => loops.Select(loop => nest.Stride(i, loop)))]);
        ElementwiseKernel kernel = kernels.Load(form);
        var size = new LaunchSize(group.Shape.Count, group.Instructions.Sum(instruction => Operations(instruction.Node)));
        return new Launch(size, (run, items, count) => kernel(count, run.Work, run.Constants, row, items));
    }

    // Per element, until it is measured.
    private static double Operations(Node node) => node.Op.Name switch
    {
        "Polygamma" => 1000,
        "Lgamma" or "Digamma" or "Pow" => 100,
        _ => 8,
    };

    private static Reading Reads(int elements, Shape shape, bool special) =>
        elements == shape.Count ? Reading.Contiguous : special && elements == 1 ? Reading.Single : Reading.Strided;
}
