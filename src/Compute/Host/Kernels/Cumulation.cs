using System.Numerics;

namespace Backprop.Compute.Host.Kernels;

/// <summary>CumSum along an axis, forwards or in reverse, with or without the element itself.</summary>
internal static class Cumulation
{
    public static IEnumerable<(string Name, Kernel Kernel)> Rows() => [("CumSum", Typed.Of(CumSum<double>, CumSum<float>, CumSum<long>))];

    private static void CumSum<T>(KernelCall call)
        where T : unmanaged, INumber<T>
    {
        View x = call.Operands[0], result = call.Result;
        if (x.Count == 0)
        {
            return;
        }

        AxisView axis = AxisView.Of(x.Shape, call.Node.Integer("axis"));
        bool exclusive = call.Node.Flag("exclusive"), reverse = call.Node.Flag("reverse");
        CancellationToken cancellationToken = call.Cancellation;
        Chunks.ForItems(axis.Outer * axis.Inner, axis.Length, cancellationToken, (first, count) =>
        {
            var check = new CancellationCheck(cancellationToken);
            for (int lane = first; lane < first + count; lane++)
            {
                int start = (lane / axis.Inner * axis.Length * axis.Inner) + (lane % axis.Inner);
                ReadOnlySpan<T> from = x.Values<T>()[start..];
                Span<T> to = result.Values<T>()[start..];
                T sum = T.Zero;
                for (int i = 0; i < axis.Length; i++)
                {
                    check.Before(1);
                    int at = (reverse ? axis.Length - 1 - i : i) * axis.Inner;
                    T value = from[at];
                    to[at] = exclusive ? sum : sum + value;
                    sum += value;
                }
            }
        });
    }
}
