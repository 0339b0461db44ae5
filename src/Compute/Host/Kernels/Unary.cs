namespace Backprop.Compute.Host.Kernels;

/// <summary>Computes a stretch of elements; the spans are of equal length and may be the same memory.</summary>
internal delegate void UnaryLoop<TIn, TOut>(ReadOnlySpan<TIn> x, Span<TOut> y);

/// <summary>Elementwise kernels of one operand.</summary>
internal static class Unary
{
    public static Kernel Float(UnaryLoop<double, double> f64, UnaryLoop<float, float> f32) => Typed.Of(Of(f64), Of(f32));

    public static Kernel Number(UnaryLoop<double, double> f64, UnaryLoop<float, float> f32, UnaryLoop<long, long> i64) =>
        Typed.Of(Of(f64), Of(f32), Of(i64));

    public static Kernel Of<TIn, TOut>(UnaryLoop<TIn, TOut> loop)
        where TIn : unmanaged
        where TOut : unmanaged => call => Run(call.Operands[0], call.Result, loop, call.Cancellation);

    /// <summary>A function of one number as a loop.</summary>
    public static UnaryLoop<TIn, TOut> Map<TIn, TOut>(Func<TIn, TOut> function) => (x, y) =>
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = function(x[i]);
        }
    };

    /// <summary>A function of a double, rounded to single precision.</summary>
    public static UnaryLoop<float, float> Rounded(Func<double, double> function) => Map<float, float>(x => (float)function(x));

    public static void Run<TIn, TOut>(View x, View y, UnaryLoop<TIn, TOut> loop, CancellationToken cancellationToken)
        where TIn : unmanaged
        where TOut : unmanaged
    {
        if (Chunks.Worthwhile(y.Count))
        {
            Split(x, y, loop, cancellationToken);
        }
        else
        {
            loop(x.Values<TIn>(), y.Values<TOut>());
        }
    }

    private static void Split<TIn, TOut>(View x, View y, UnaryLoop<TIn, TOut> loop, CancellationToken cancellationToken)
        where TIn : unmanaged
        where TOut : unmanaged =>
        Chunks.For(y.Count, cancellationToken, (start, length) =>
            loop(x.Values<TIn>().Slice(start, length), y.Values<TOut>().Slice(start, length)));
}
