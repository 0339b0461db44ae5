using System.Numerics;
using Backprop.Compute.Host.Gemm;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host.Kernels;

/// <summary>Matrix products of the last two axes; the axes before them broadcast.</summary>
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

        int m = a.Shape.Dims[^2], k = a.Shape.Dims[^1], n = b.Shape.Dims[^1];
        int batches = c.Count / (m * n);
        if (b.Count == k * n)
        {
            // One matrix on the right serves all: the rows of the left ones form a single matrix.
            (m, batches) = (m * batches, 1);
        }

        (int[] startsA, int[] startsB) = Starts(a.Shape, b.Shape, c.Shape, batches);
        var left = new MatrixView<T>(a.Values<T>(), m, k);
        var right = new MatrixView<T>(b.Values<T>(), k, n);
        MatrixProduct.Multiply(left, startsA, right, startsB, c.Values<T>(), accumulate: false, call.Cancellation);
    }

    private static (int[] A, int[] B) Starts(Shape a, Shape b, Shape c, int batches)
    {
        int[] startsA = new int[batches], startsB = new int[batches];
        if (batches == 1)
        {
            return (startsA, startsB);
        }

        int rank = c.Rank - 2;
        long[] stridesA = LoopNest.Broadcast(Shape.Of(a.Dims[..^2]), rank), stridesB = LoopNest.Broadcast(Shape.Of(b.Dims[..^2]), rank);
        var nest = new LoopNest(c.Dims[..^2], stridesA, stridesB);
        LoopNest.Cursor cursor = nest.At(0);
        for (int batch = 0; batch < batches; batch++)
        {
            int inner = batch % nest.Inner;
            startsA[batch] = (cursor[0] + (inner * (int)nest.InnerStride(0))) * a.Dims[^2] * a.Dims[^1];
            startsB[batch] = (cursor[1] + (inner * (int)nest.InnerStride(1))) * b.Dims[^2] * b.Dims[^1];
            if (inner == nest.Inner - 1)
            {
                cursor.Next();
            }
        }

        return (startsA, startsB);
    }
}
