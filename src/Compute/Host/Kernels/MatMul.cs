using System.Numerics;
using Backprop.Compute.Host.Gemm;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host.Kernels;

/// <summary>Matrix products of the last two axes; the axes before them broadcast. Operands and result may have any strides.</summary>
internal static class MatMul
{
    public static IEnumerable<(string Name, Kernel Kernel)> Rows() =>
        [("MatMul", Typed.Of(Multiply<double>, Multiply<float>, Multiply<long>))];

    private static void Multiply<T>(KernelCall call)
        where T : unmanaged, INumber<T>
    {
        View a = call.Operands[0], b = call.Operands[1], c = call.Result;
        if (c.Count == 0)
        {
            return;
        }

        Span<int> strides = stackalloc int[a.Shape.Rank + b.Shape.Rank + c.Shape.Rank];
        Span<int> left = Strides(a, strides), right = Strides(b, strides[left.Length..]), made = Strides(c, strides[(left.Length + right.Length)..]);
        Span<BatchAxis> batch = stackalloc BatchAxis[c.Shape.Rank - 2];
        for (int axis = 0; axis < batch.Length; axis++)
        {
            int fromEnd = c.Shape.Rank - axis;
            batch[axis] = new BatchAxis(c.Shape[axis], At(a.Shape, left, fromEnd), At(b.Shape, right, fromEnd), made[axis]);
        }

        var shape = new ProductShape(
            (a.Shape[^2], left[^2], made[^2]), (b.Shape[^1], right[^1], made[^1]), (a.Shape[^1], left[^1], right[^2]), batch);
        (View first, View second) = shape.IsTransposed ? (b, a) : (a, b);
        MatrixProduct.Multiply(first.Reach<T>(), second.Reach<T>(), c.Reach<T>(), shape, EpilogueOf(call, shape), call.Cancellation);
    }

    // Rows can be passed on only if the rows of the result are contiguous.
    private static Epilogue? EpilogueOf(KernelCall call, in ProductShape shape) =>
        call.Result.Strides is null && !shape.IsTransposed ? call.Epilogue : null;

    private static Span<int> Strides(View view, Span<int> strides)
    {
        strides = strides[..view.Shape.Rank];
        if (view.Strides is { } given)
        {
            given.CopyTo(strides);
            return strides;
        }

        int stride = 1;
        for (int axis = strides.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= view.Shape[axis];
        }

        return strides;
    }

    // An axis that an operand lacks, or along which it has one element for all, has stride 0.
    private static int At(Shape shape, Span<int> strides, int fromEnd) =>
        fromEnd > shape.Rank || shape[^fromEnd] == 1 ? 0 : strides[^fromEnd];
}
