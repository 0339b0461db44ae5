using System.Numerics;

namespace Backprop.Compute.Host.Kernels;

/// <summary>
/// The positions of the extremes of an axis: ArgMax, ArgMin, ArgTopK. NaN wins for ArgMax and ArgMin, and counts as the largest for ArgTopK.
/// </summary>
internal static class Ranking
{
    public static IEnumerable<(string Name, Kernel Kernel)> Rows() =>
    [
        ("ArgMax", Typed.Of(
            call => ArgExtreme<double>(call, Exceeds), call => ArgExtreme<float>(call, Exceeds), call => ArgExtreme<long>(call, Exceeds))),
        ("ArgMin", Typed.Of(
            call => ArgExtreme<double>(call, Undercuts),
            call => ArgExtreme<float>(call, Undercuts),
            call => ArgExtreme<long>(call, Undercuts))),
        ("ArgTopK", Typed.Of(TopK<double>, TopK<float>, TopK<long>)),
    ];

    private static bool Exceeds<T>(T x, T best)
        where T : INumber<T> => x > best || (T.IsNaN(x) && !T.IsNaN(best));

    private static bool Undercuts<T>(T x, T best)
        where T : INumber<T> => x < best || (T.IsNaN(x) && !T.IsNaN(best));

    private static void ArgExtreme<T>(KernelCall call, Func<T, T, bool> beats)
        where T : unmanaged, INumber<T>
    {
        View x = call.Operands[0], result = call.Result;
        AxisView axis = AxisView.Of(x.Shape, call.Node.Integer("axis"));
        if (axis.Length == 0 && result.Count > 0)
        {
            throw new KernelException("an empty axis has no extreme");
        }

        bool last = call.Node.Flag("select_last_index");
        CancellationToken cancellationToken = call.Cancellation;
        Chunks.ForItems(result.Count, axis.Length, cancellationToken, (first, count) =>
        {
            var check = new CancellationCheck(cancellationToken);
            for (int lane = first; lane < first + count; lane++)
            {
                ReadOnlySpan<T> values = x.Values<T>()[Start(axis, lane)..];
                int best = 0;
                for (int i = 1; i < axis.Length; i++)
                {
                    check.Before(1);
                    T value = values[i * axis.Inner], leader = values[best * axis.Inner];
                    if (beats(value, leader) || (last && !beats(leader, value)))
                    {
                        best = i;
                    }
                }

                result.Values<long>()[lane] = best;
            }
        });
    }

    private static void TopK<T>(KernelCall call)
        where T : unmanaged, INumber<T>
    {
        View x = call.Operands[0], result = call.Result;
        AxisView axis = AxisView.Of(x.Shape, call.Node.Integer("axis"));
        int k = call.Node.Integer("k");
        var ranks = new Ranks<T>(call.Node.Flag("largest") ? -1 : 1, call.Cancellation);
        CancellationToken cancellationToken = call.Cancellation;
        Chunks.ForItems(axis.Outer * axis.Inner, axis.Length * 16L, cancellationToken, (first, count) =>
        {
            var check = new CancellationCheck(cancellationToken);
            var order = GC.AllocateUninitializedArray<(T Value, int Index)>(axis.Length);
            for (int lane = first; lane < first + count; lane++)
            {
                ReadOnlySpan<T> values = x.Values<T>()[Start(axis, lane)..];
                for (int i = 0; i < order.Length; i++)
                {
                    check.Before(1);
                    order[i] = (values[i * axis.Inner], i);
                }

                ranks.Sort(order);
                Span<long> to = result.Values<long>()[Start(axis with { Length = k }, lane)..];
                for (int i = 0; i < k; i++)
                {
                    check.Before(1);
                    to[i * axis.Inner] = order[i].Index;
                }
            }
        });
    }

    private static int Start(AxisView axis, int lane) => (lane / axis.Inner * axis.Length * axis.Inner) + (lane % axis.Inner);
}
