using System.Numerics;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host.Kernels.Reductions;

/// <summary>Sums, extremes and log-sum-exp over some axes. Over nothing they are 0, ∓∞ (the least or greatest int64) and −∞.</summary>
internal static class ReductionKernels
{
    private const int TileWidth = 1024;

    /// <summary>One pass over one axis.</summary>
    private delegate void Pass(View x, AxisView axis, View result, CancellationToken cancellationToken);

    public static IEnumerable<(string Name, Kernel Kernel)> Rows() =>
    [
        ("ReduceSum", Typed.Of(Of(Reducers.Sum<double>()), Of(Reducers.Sum<float>()), Of(Reducers.Sum<long>()))),
        ("ReduceMax", Typed.Of(
            Of(Reducers.Max(double.NegativeInfinity)), Of(Reducers.Max(float.NegativeInfinity)), Of(Reducers.Max(long.MinValue)))),
        ("ReduceMin", Typed.Of(
            Of(Reducers.Min(double.PositiveInfinity)), Of(Reducers.Min(float.PositiveInfinity)), Of(Reducers.Min(long.MaxValue)))),
        ("ReduceLogSumExp", Typed.Of(
            call => Run(call, double.NegativeInfinity, LogSumExp<double>), call => Run(call, float.NegativeInfinity, LogSumExp<float>))),
    ];

    private static Kernel Of<T>(Reducer<T> reducer)
        where T : unmanaged =>
        call => Run(call, reducer.Identity, (x, axis, result, cancellationToken) => Reduce(reducer, x, axis, result, cancellationToken));

    private static void Run<T>(KernelCall call, T identity, Pass pass)
        where T : unmanaged
    {
        View from = call.Operands[0];
        if (from.Count == 0)
        {
            Stretches.Fill(call.Result.Values<T>(), identity, call.Cancellation);
            return;
        }

        AxisView[] passes = AxisGroups.Passes(call.Node);
        for (int i = 0; i < passes.Length; i++)
        {
            AxisView axis = passes[i];
            View to = i == passes.Length - 1
                ? call.Result
                : new View(BufferPool.Allocate(new TensorType(from.DType, Shape.Of(axis.Outer * axis.Inner))));
            pass(from, axis, to, call.Cancellation);
            from = to;
        }

        if (passes.Length == 0)
        {
            Stretches.Copy(from.Values<T>(), call.Result.Values<T>(), call.Cancellation);
        }
    }

    private static void Reduce<T>(Reducer<T> reducer, View x, AxisView axis, View result, CancellationToken cancellationToken)
        where T : unmanaged
    {
        if (!Chunks.Worthwhile((long)axis.Outer * axis.Length * axis.Inner) && (axis.Inner == 1 || axis.Inner <= TileWidth))
        {
            ReduceHere(reducer, x.Values<T>(), axis, result.Values<T>());
            return;
        }

        ReduceOverCores(reducer, x, axis, result, cancellationToken);
    }

    // The same order without the objects that threads need.
    private static void ReduceHere<T>(Reducer<T> reducer, ReadOnlySpan<T> x, AxisView axis, Span<T> result)
        where T : unmanaged
    {
        int block = axis.Length * axis.Inner;
        for (int outer = 0; outer < axis.Outer; outer++)
        {
            ReadOnlySpan<T> from = x.Slice(outer * block, block);
            if (axis.Inner == 1)
            {
                result[outer] = reducer.Row(from);
            }
            else
            {
                reducer.Columns(from, axis.Length, axis.Inner, result.Slice(outer * axis.Inner, axis.Inner), CancellationToken.None);
            }
        }
    }

    private static void ReduceOverCores<T>(Reducer<T> reducer, View x, AxisView axis, View result, CancellationToken cancellationToken)
        where T : unmanaged
    {
        if (axis.Inner > 1)
        {
            ForTiles(axis, cancellationToken, (block, left, width) => reducer.Columns(
                x.Values<T>()[((block * axis.Length * axis.Inner) + left)..],
                axis.Length,
                axis.Inner,
                result.Values<T>().Slice((block * axis.Inner) + left, width),
                cancellationToken));
            return;
        }

        ForRows(axis, cancellationToken, row => result.Values<T>()[row] = reducer.Row(x, row * axis.Length, axis.Length, cancellationToken));
    }

    private static void LogSumExp<T>(View x, AxisView axis, View result, CancellationToken cancellationToken)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Reducer<T> max = Reducers.Max(T.NegativeInfinity);
        if (axis.Inner == 1)
        {
            ForRows(axis, cancellationToken, row =>
            {
                T shift = Finite(max.Row(x, row * axis.Length, axis.Length, cancellationToken));
                T sum = Reducers.ExpSum(shift).Row(x, row * axis.Length, axis.Length, cancellationToken);
                result.Values<T>()[row] = shift + LogSums.OfRow(x.Values<T>().Slice(row * axis.Length, axis.Length), shift, sum, cancellationToken);
            });
            return;
        }

        ForTiles(axis, cancellationToken, (block, left, width) =>
        {
            ReadOnlySpan<T> from = x.Values<T>()[((block * axis.Length * axis.Inner) + left)..];
            Span<T> to = result.Values<T>().Slice((block * axis.Inner) + left, width);
            Span<T> shift = stackalloc T[TileWidth];
            shift = shift[..width];
            max.Columns(from, axis.Length, axis.Inner, shift, cancellationToken);
            foreach (ref T value in shift)
            {
                value = Finite(value);
            }

            Reducers.Sum<T>().Columns(from, axis.Length, axis.Inner, to, cancellationToken, Reducers.ExpDifference, shift);
            for (int column = 0; column < width; column++)
            {
                to[column] = shift[column] + LogSums.OfColumn(from[column..], axis.Length, axis.Inner, shift[column], to[column], cancellationToken);
            }
        });
    }

    /// <summary>An infinite maximum cannot be subtracted; without the subtraction, exp gives the same infinity or zero.</summary>
    private static T Finite<T>(T value)
        where T : IFloatingPointIeee754<T> => T.IsInfinity(value) ? T.Zero : value;

    /// <summary>Calls the body for each row, over the cores.</summary>
    internal static void ForRows(AxisView axis, CancellationToken cancellationToken, Action<int> row) =>
        Chunks.ForItems(axis.Outer, axis.Length, cancellationToken, (first, count) =>
        {
            for (int i = first; i < first + count; i++)
            {
                row(i);
            }
        });

    /// <summary>Calls the body with the index of each block, and the first column and the width of each of its tiles.</summary>
    internal static void ForTiles(AxisView axis, CancellationToken cancellationToken, Action<int, int, int> body)
    {
        int width = Math.Min(TileWidth, axis.Inner);
        int tiles = ((axis.Inner - 1) / width) + 1;
        Chunks.ForItems(axis.Outer * tiles, (long)axis.Length * width, cancellationToken, (first, count) =>
        {
            for (int item = first; item < first + count; item++)
            {
                int left = item % tiles * width;
                body(item / tiles, left, Math.Min(width, axis.Inner - left));
            }
        });
    }
}
