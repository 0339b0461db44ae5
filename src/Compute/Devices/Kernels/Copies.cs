using Backprop.Compute.Compilation;
using Backprop.Compute.Devices.Memory;
using Backprop.Compute.Host.Kernels.Spatial;
using Backprop.Domain.Graphs;
using ILGPU;

namespace Backprop.Compute.Devices.Kernels;

/// <summary>Kernels that only move elements, which they distinguish only by size.</summary>
internal static class Copies
{
    public static IEnumerable<(string Name, Action<StepPreparation> Prepare)> Rows() =>
    [
        ("Expand", step => Gather(step, 0, LoopNest.Broadcast(step.Operands[0].Shape, step.Result.Shape.Rank))),
        ("Transpose", step => Gather(step, 0, Permuted(step))),
        ("Slice", Slice),
        ("Unfold", step => Gather(step, 0, Windows.Strides(step.Node))),
        ("Concat", Concat),
        ("Pad", Pad),
    ];

    /// <summary>Copies elements between strided values.</summary>
    /// <param name="step">The step.</param>
    /// <param name="shape">The extents of what is copied.</param>
    /// <param name="from">The source, its first element, and its strides.</param>
    /// <param name="to">The destination, its first element, and its strides.</param>
    public static void Copy(StepPreparation step, Shape shape, (ValueLayout Value, long First, long[] Strides) from,
        (ValueLayout Value, long First, long[] Strides) to)
    {
        var nest = new LoopNest(shape.Dims, from.Strides, to.Strides);
        long[] numbers = [from.First, to.First, nest.Depth, .. Loops(nest, nest.Extent), .. Loops(nest, nest.Stride, 0),
            .. Loops(nest, nest.Stride, 1)];
        var size = new LaunchSize(shape.Count, 1 + nest.Depth);
        switch (from.Value.DType.Size())
        {
            case 8: step.Map<long, long>(Move, size, from.Value, to.Value, numbers); break;
            case 4: step.Map<int, int>(Move, size, from.Value, to.Value, numbers); break;
            default: step.Map<byte, byte>(Move, size, from.Value, to.Value, numbers); break;
        }
    }

    /// <summary>Copies a value unchanged.</summary>
    public static void Copy(StepPreparation step, ValueLayout from, ValueLayout to)
    {
        var flat = Shape.Of(from.Count);
        Copy(step, flat, (from, 0, [1]), (to, 0, [1]));
    }

    /// <summary>Writes one number everywhere.</summary>
    public static void Fill(StepPreparation step, ValueLayout single, ValueLayout to) =>
        Copy(step, Shape.Of(to.Count), (single, 0, [0]), (to, 0, [1]));

    private static void Gather(StepPreparation step, long first, long[] strides) =>
        Copy(step, step.Result.Shape, (step.Operands[0], first, strides), (step.Result, 0, step.Result.Shape.Strides()));

    private static long[] Permuted(StepPreparation step)
    {
        long[] strides = step.Operands[0].Shape.Strides();
        return Array.ConvertAll(step.Node.Integers("perm"), axis => strides[axis]);
    }

    private static void Slice(StepPreparation step)
    {
        int[] starts = step.Node.Integers("starts"), steps = step.Node.Integers("steps");
        long[] strides = step.Operands[0].Shape.Strides();
        long first = 0;
        for (int axis = 0; axis < strides.Length; axis++)
        {
            first += starts[axis] * strides[axis];
            strides[axis] *= steps[axis];
        }

        Gather(step, first, strides);
    }

    private static void Concat(StepPreparation step)
    {
        int axis = step.Node.Integer("axis");
        long[] strides = step.Result.Shape.Strides();
        long first = 0;
        foreach (ValueLayout part in step.Operands)
        {
            Copy(step, part.Shape, (part, 0, part.Shape.Strides()), (step.Result, first, strides));
            first += part.Shape[axis] * strides[axis];
        }
    }

    private static void Pad(StepPreparation step)
    {
        Fill(step, step.Operands[1], step.Result);
        ValueLayout x = step.Operands[0];
        long[] strides = step.Result.Shape.Strides();
        int[] pads = step.Node.Integers("pads");
        long first = 0;
        for (int axis = 0; axis < strides.Length; axis++)
        {
            first += pads[axis] * strides[axis];
        }

        Copy(step, x.Shape, (x, 0, x.Shape.Strides()), (step.Result, first, strides));
    }

    private static IEnumerable<long> Loops(LoopNest nest, Func<int, int> of) => Enumerable.Range(0, nest.Depth).Select(loop => (long)of(loop));

    private static IEnumerable<long> Loops(LoopNest nest, Func<int, int, long> of, int operand) => Enumerable.Range(0, nest.Depth)
        .Select(loop => of(operand, loop));

    private static void Move<T>(Index1D thread, Items items, ArrayView<T> from, ArrayView<T> to, ArrayView<long> numbers)
        where T : unmanaged
    {
        int index = items.First + thread;
        long source = numbers[0], target = numbers[1];
        int depth = (int)numbers[2], offset = index;
        for (int loop = depth - 1; loop >= 0; loop--)
        {
            int extent = (int)numbers[3 + loop];
            int above = offset / extent, at = offset - (above * extent);
            source += at * numbers[3 + depth + loop];
            target += at * numbers[3 + depth + depth + loop];
            offset = above;
        }

        to[target] = from[source];
    }
}
