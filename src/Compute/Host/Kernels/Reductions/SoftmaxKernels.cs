using System.Numerics;

namespace Backprop.Compute.Host.Kernels.Reductions;

/// <summary>Softmax and its logarithm along an axis, shifted by the maximum.</summary>
internal static class SoftmaxKernels
{
    private const int TileWidth = 512;
    private const int Stretch = 1 << 17;

    /// <summary>Normalizes a row of differences from the maximum, in place.</summary>
    private delegate void RowEnd<T>(Span<T> row, CancellationToken cancellationToken);

    /// <summary>Normalizes columns of such differences, in place.</summary>
    private delegate void ColumnsEnd<T>(Span<T> from, int rows, int stride, int width, CancellationToken cancellationToken);

    /// <summary>Computes a stretch of elements with one number for all.</summary>
    private delegate void ScalarLoop<T>(ReadOnlySpan<T> x, T scalar, Span<T> y);

    public static IEnumerable<(string Name, Kernel Kernel)> Rows() =>
    [
        ("Softmax", Typed.Of(
            call => Run<double>(call, SoftmaxRow, SoftmaxColumns), call => Run<float>(call, SoftmaxRow, SoftmaxColumns))),
        ("LogSoftmax", Typed.Of(
            call => Run<double>(call, LogSoftmaxRow, LogSoftmaxColumns), call => Run<float>(call, LogSoftmaxRow, LogSoftmaxColumns))),
    ];

    private static void Run<T>(KernelCall call, RowEnd<T> endRow, ColumnsEnd<T> endColumns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        View x = call.Operands[0], result = call.Result;
        AxisView axis = AxisView.Of(x.Shape, call.Node.Integer("axis"));
        if (x.Count == 0)
        {
            return;
        }

        Reducer<T> max = Reducers.Max(T.NegativeInfinity);
        int tiles = ((axis.Inner - 1) / TileWidth) + 1;
        int block = axis.Length * axis.Inner;
        CancellationToken cancellationToken = call.Cancellation;
        Chunks.ForItems(axis.Outer * tiles, block / tiles, cancellationToken, (first, count) =>
        {
            Span<T> shift = stackalloc T[TileWidth];
            for (int item = first; item < first + count; item++)
            {
                int left = item % tiles * TileWidth, width = Math.Min(TileWidth, axis.Inner - left);
                ReadOnlySpan<T> from = x.Values<T>().Slice(item / tiles * block, block);
                Span<T> to = result.Values<T>().Slice(item / tiles * block, block);
                if (axis.Inner == 1)
                {
                    T most = max.Row(from, cancellationToken);
                    ForStretches(from, to, most, TensorPrimitives.Subtract, cancellationToken);
                    endRow(to, cancellationToken);
                    continue;
                }

                max.Columns(from[left..], axis.Length, axis.Inner, shift[..width], cancellationToken);
                ForEachRow(from[left..], to[left..], axis, shift[..width], TensorPrimitives.Subtract, cancellationToken);
                endColumns(to[left..], axis.Length, axis.Inner, width, cancellationToken);
            }
        });
    }

    private static void SoftmaxRow<T>(Span<T> row, CancellationToken cancellationToken)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ForStretches<T>(row, row, T.Zero, static (x, _, y) => Elementary.Exp<T>(x, y), cancellationToken);
        ForStretches<T>(row, row, Reducers.Sum<T>().Row(row, cancellationToken), TensorPrimitives.Divide, cancellationToken);
    }

    private static void LogSoftmaxRow<T>(Span<T> row, CancellationToken cancellationToken)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T sum = Reducers.ExpSum(T.Zero).Row(row, cancellationToken);
        ForStretches<T>(row, row, LogSums.OfRow(row, T.Zero, sum, cancellationToken), TensorPrimitives.Subtract, cancellationToken);
    }

    private static void SoftmaxColumns<T>(Span<T> from, int rows, int stride, int width, CancellationToken cancellationToken)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> sums = stackalloc T[TileWidth];
        sums = sums[..width];
        ForEachRow<T>(from, from, new AxisView(1, rows, stride), sums, (x, _, y) => Elementary.Exp<T>(x, y), cancellationToken);
        Reducers.Sum<T>().Columns(from, rows, stride, sums, cancellationToken);
        ForEachRow<T>(from, from, new AxisView(1, rows, stride), sums, TensorPrimitives.Divide, cancellationToken);
    }

    private static void LogSoftmaxColumns<T>(Span<T> from, int rows, int stride, int width, CancellationToken cancellationToken)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> sums = stackalloc T[TileWidth];
        sums = sums[..width];
        Reducers.Sum<T>().Columns(from, rows, stride, sums, cancellationToken, (x, _, y) => Elementary.Exp<T>(x, y));
        for (int column = 0; column < width; column++)
        {
            sums[column] = LogSums.OfColumn<T>(from[column..], rows, stride, T.Zero, sums[column], cancellationToken);
        }

        ForEachRow<T>(from, from, new AxisView(1, rows, stride), sums, TensorPrimitives.Subtract, cancellationToken);
    }

    private static void ForEachRow<T>(
        ReadOnlySpan<T> from, Span<T> to, AxisView axis, ReadOnlySpan<T> other, BinaryLoop<T, T> loop, CancellationToken cancellationToken)
    {
        var check = new CancellationCheck(cancellationToken, Stretch);
        for (int row = 0; row < axis.Length; row++)
        {
            int at = row * axis.Inner;
            check.Before(other.Length);
            loop(from.Slice(at, other.Length), other, to.Slice(at, other.Length));
        }
    }

    private static void ForStretches<T>(ReadOnlySpan<T> from, Span<T> to, T scalar, ScalarLoop<T> loop, CancellationToken cancellationToken)
    {
        for (; from.Length > Stretch; from = from[Stretch..], to = to[Stretch..])
        {
            cancellationToken.ThrowIfCancellationRequested();
            loop(from[..Stretch], scalar, to[..Stretch]);
        }

        loop(from, scalar, to);
    }
}
