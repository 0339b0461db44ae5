using Backprop.Compute.Compilation;

namespace Backprop.Compute.Host.Kernels;

/// <summary>Computes a stretch of elements; the spans are of equal length, and the result may be an operand's memory.</summary>
internal delegate void BinaryLoop<TIn, TOut>(ReadOnlySpan<TIn> x, ReadOnlySpan<TIn> y, Span<TOut> result);

/// <summary>Elementwise kernels of two operands, with NumPy's broadcasting.</summary>
internal static class Binary
{
    private const int TileLength = 512;

    public static Kernel Float(BinaryLoop<double, double> f64, BinaryLoop<float, float> f32) => Typed.Of(Of(f64), Of(f32));

    public static Kernel Number(BinaryLoop<double, double> f64, BinaryLoop<float, float> f32, BinaryLoop<long, long> i64) =>
        Typed.Of(Of(f64), Of(f32), Of(i64));

    public static Kernel Compare(
        BinaryLoop<double, bool> f64, BinaryLoop<float, bool> f32, BinaryLoop<long, bool> i64, BinaryLoop<bool, bool>? bits = null) =>
        Typed.Of(Of(f64), Of(f32), Of(i64), bits is null ? null : Of(bits));

    public static Kernel Of<TIn, TOut>(BinaryLoop<TIn, TOut> loop)
        where TIn : unmanaged
        where TOut : unmanaged => call => Run(call, loop);

    /// <summary>A function of two numbers as a loop.</summary>
    public static BinaryLoop<TIn, TOut> Map<TIn, TOut>(Func<TIn, TIn, TOut> function) => (x, y, result) =>
    {
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = function(x[i], y[i]);
        }
    };

    private static void Run<TIn, TOut>(KernelCall call, BinaryLoop<TIn, TOut> loop)
        where TIn : unmanaged
        where TOut : unmanaged
    {
        View x = call.Operands[0], y = call.Operands[1], result = call.Result;
        if (result.Count == 0)
        {
            return;
        }

        if (x.Count != result.Count || y.Count != result.Count)
        {
            Broadcast(x, y, result, loop, call.Cancellation);
        }
        else if (Chunks.Worthwhile(result.Count))
        {
            Split(x, y, result, loop, call.Cancellation);
        }
        else
        {
            loop(x.Values<TIn>(), y.Values<TIn>(), result.Values<TOut>());
        }
    }

    private static void Split<TIn, TOut>(View x, View y, View result, BinaryLoop<TIn, TOut> loop, CancellationToken cancellationToken)
        where TIn : unmanaged
        where TOut : unmanaged =>
        Chunks.For(result.Count, cancellationToken, (start, length) => loop(
            x.Values<TIn>().Slice(start, length), y.Values<TIn>().Slice(start, length), result.Values<TOut>().Slice(start, length)));

    private static void Broadcast<TIn, TOut>(View x, View y, View result, BinaryLoop<TIn, TOut> loop, CancellationToken cancellationToken)
        where TIn : unmanaged
        where TOut : unmanaged
    {
        int rank = result.Shape.Rank;
        var nest = new LoopNest(result.Shape.Dims, LoopNest.Broadcast(x.Shape, rank), LoopNest.Broadcast(y.Shape, rank));
        bool xMoves = nest.InnerStride(0) != 0, yMoves = nest.InnerStride(1) != 0;
        nest.ForRuns(cancellationToken, (at, cursor, start, length) =>
        {
            ReadOnlySpan<TIn> left = x.Values<TIn>().Slice(cursor[0] + (xMoves ? start : 0), xMoves ? length : 1);
            ReadOnlySpan<TIn> right = y.Values<TIn>().Slice(cursor[1] + (yMoves ? start : 0), yMoves ? length : 1);
            Stretch(left, right, result.Values<TOut>().Slice(at, length), loop);
        });
    }

    /// <summary>Runs the loop if one side may be a single number, which is then expanded over a tile.</summary>
    private static void Stretch<TIn, TOut>(ReadOnlySpan<TIn> x, ReadOnlySpan<TIn> y, Span<TOut> result, BinaryLoop<TIn, TOut> loop)
        where TIn : unmanaged
    {
        if (x.Length == result.Length && y.Length == result.Length)
        {
            loop(x, y, result);
            return;
        }

        bool fillsLeft = x.Length != result.Length;
        Span<TIn> tile = stackalloc TIn[Math.Min(TileLength, result.Length)];
        tile.Fill(fillsLeft ? x[0] : y[0]);
        for (int start = 0; start < result.Length; start += TileLength)
        {
            int length = Math.Min(TileLength, result.Length - start);
            ReadOnlySpan<TIn> left = fillsLeft ? tile[..length] : x.Slice(start, length);
            loop(left, fillsLeft ? y.Slice(start, length) : tile[..length], result.Slice(start, length));
        }
    }
}
