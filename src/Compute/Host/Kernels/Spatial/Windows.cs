using System.Numerics;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host.Kernels.Spatial;

/// <summary>Unfold, which copies windows, and Fold, which sums them.</summary>
internal static class Windows
{
    public static IEnumerable<(string Name, Kernel Kernel)> Rows() =>
    [
        ("Unfold", Typed.OfResult(Unfold<double>, Unfold<float>, Unfold<long>, Unfold<bool>)),
        ("Fold", Typed.Of(Fold<double>, Fold<float>, Fold<long>)),
    ];

    /// <summary>The strides of the windows of a row-major operand: those of its axes, that of the cut axis twice.</summary>
    public static long[] Strides(Node node) =>
        Array.ConvertAll(Compilation.Strides.Of(node.Inputs[0].Shape).Through(node)!.Steps, step => (long)step);

    private static void Unfold<T>(KernelCall call)
        where T : unmanaged => Strided.Copy<T>(call.Operands[0], 0, Strides(call.Node), call.Result, call.Cancellation);

    // Each row of the result is summed by one thread, the elements of a window in their order.
    private static void Fold<T>(KernelCall call)
        where T : unmanaged, INumber<T>
    {
        View x = call.Operands[0], result = call.Result;
        int axis = call.Node.Integer("axis"), stride = call.Node.Integer("stride"), dilation = call.Node.Integer("dilation");
        AxisView rows = AxisView.Of(result.Shape, axis);
        (int count, int size, int inner) = (x.Shape[axis], x.Shape[axis + 1], rows.Inner);
        CancellationToken cancellationToken = call.Cancellation;
        Chunks.ForItems(rows.Outer * rows.Length, (long)size * inner, cancellationToken, (first, items) =>
        {
            var check = new CancellationCheck(cancellationToken);
            for (int row = first; row < first + items; row++)
            {
                (int outer, int at) = Math.DivRem(row, rows.Length);
                Span<T> to = result.Values<T>().Slice(row * inner, inner);
                ReadOnlySpan<T> from = x.Values<T>()[(outer * count * size * inner)..];
                to.Clear();
                for (int k = 0; k < size && at >= k * (long)dilation; k++)
                {
                    check.Before(1);
                    (int window, int rest) = Math.DivRem(at - (k * dilation), stride);
                    if (rest == 0 && window < count)
                    {
                        check.Before(inner);
                        Add(from.Slice(((window * size) + k) * inner, inner), to);
                    }
                }
            }
        });
    }

    private static void Add<T>(ReadOnlySpan<T> from, Span<T> to)
        where T : unmanaged, INumber<T>
    {
        if (to.Length == 1)
        {
            to[0] += from[0];
            return;
        }

        TensorPrimitives.Add(to, from, to);
    }
}
