using Backprop.Compute.Compilation;
using Backprop.Compute.Host.VectorMath.Vectors;

namespace Backprop.Compute.Host.Kernels;

/// <summary>Where(condition, x, y): the elements of x where the condition holds, otherwise those of y; all three broadcast.</summary>
internal static class SelectionKernels
{
    public static IEnumerable<(string Name, Kernel Kernel)> Rows() =>
        [("Where", Typed.OfResult(Where<double>, Where<float>, Where<long>, Where<bool>))];

    private static void Where<T>(KernelCall call)
        where T : unmanaged
    {
        View condition = call.Operands[0], x = call.Operands[1], y = call.Operands[2], result = call.Result;
        if (result.Count == 0)
        {
            return;
        }

        int rank = result.Shape.Rank;
        var nest = new LoopNest(
            result.Shape.Dims,
            LoopNest.Broadcast(condition.Shape, rank),
            LoopNest.Broadcast(x.Shape, rank),
            LoopNest.Broadcast(y.Shape, rank));
        int c = (int)nest.InnerStride(0), l = (int)nest.InnerStride(1), r = (int)nest.InnerStride(2);
        nest.ForRuns(call.Cancellation, (at, cursor, start, length) =>
        {
            Span<T> to = result.Values<T>().Slice(at, length);
            ReadOnlySpan<T> left = x.Values<T>().Slice(cursor[1] + (start * l), l == 0 ? 1 : length);
            ReadOnlySpan<T> right = y.Values<T>().Slice(cursor[2] + (start * r), r == 0 ? 1 : length);
            if (c != 0)
            {
                Blend.Apply(condition.Values<bool>().Slice(cursor[0] + start, length), left, right, to);
            }
            else if (condition.Values<bool>()[cursor[0]])
            {
                Copy(left, to);
            }
            else
            {
                Copy(right, to);
            }
        });
    }

    private static void Copy<T>(ReadOnlySpan<T> from, Span<T> to)
    {
        if (from.Length == to.Length)
        {
            from.CopyTo(to);
        }
        else
        {
            to.Fill(from[0]);
        }
    }
}
