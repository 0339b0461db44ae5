using Backprop.Compute.Compilation;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host.Kernels;

/// <summary>Kernels that only move elements, for every element type.</summary>
internal static class LayoutKernels
{
    // A call for a short part takes as long as copying this many elements.
    private const int CallElements = 16;

    public static IEnumerable<(string Name, Kernel Kernel)> Rows() =>
    [
        ("Expand", Typed.OfResult(Expand<double>, Expand<float>, Expand<long>, Expand<bool>)),
        ("Transpose", Typed.OfResult(Transpose<double>, Transpose<float>, Transpose<long>, Transpose<bool>)),
        ("Slice", Typed.OfResult(Slice<double>, Slice<float>, Slice<long>, Slice<bool>)),
        ("Concat", Typed.OfResult(Concat<double>, Concat<float>, Concat<long>, Concat<bool>)),
    ];

    private static void Expand<T>(KernelCall call)
        where T : unmanaged
    {
        long[] strides = LoopNest.Broadcast(call.Operands[0].Shape, call.Result.Shape.Rank);
        Strided.Copy<T>(call.Operands[0], 0, strides, call.Result, call.Cancellation);
    }

    private static void Transpose<T>(KernelCall call)
        where T : unmanaged
    {
        long[] strides = call.Operands[0].Shape.Strides();
        long[] permuted = Array.ConvertAll(call.Node.Integers("perm"), axis => strides[axis]);
        Strided.Copy<T>(call.Operands[0], 0, permuted, call.Result, call.Cancellation);
    }

    private static void Slice<T>(KernelCall call)
        where T : unmanaged
    {
        int[] starts = call.Node.Integers("starts"), steps = call.Node.Integers("steps");
        long[] strides = call.Operands[0].Shape.Strides();
        long first = 0;
        for (int axis = 0; axis < strides.Length; axis++)
        {
            first += starts[axis] * strides[axis];
            strides[axis] *= steps[axis];
        }

        Strided.Copy<T>(call.Operands[0], first, strides, call.Result, call.Cancellation);
    }

    private static void Concat<T>(KernelCall call)
        where T : unmanaged
    {
        Shape shape = call.Result.Shape;
        int axis = call.Node.Integer("axis");
        int outer = (int)shape.CountOf(0, axis), width = (int)shape.CountOf(axis, shape.Rank);
        Span<T> to = call.Result.Values<T>();
        var check = new CancellationCheck(call.Cancellation);
        int left = 0;
        foreach (View operand in call.Operands)
        {
            ReadOnlySpan<T> from = operand.Values<T>();
            int part = (int)operand.Shape.CountOf(axis, operand.Shape.Rank);
            for (int i = 0; i < outer && part > 0; i++)
            {
                check.Before(part + CallElements);
                Stretches.Copy(from.Slice(i * part, part), to.Slice((i * width) + left, part), call.Cancellation);
            }

            left += part;
        }
    }
}
