using System.Numerics;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Backprop.Compute.Host.Kernels;

/// <summary>Softmax and its logarithm along an axis, shifted by the maximum.</summary>
internal static class Softmaxes
{
    private const int TileWidth = 512;

    /// <summary>Normalises a row of differences from the maximum, in place.</summary>
    private delegate void RowEnd<T>(Span<T> row);

    /// <summary>Normalises columns of such differences, in place.</summary>
    private delegate void ColumnsEnd<T>(Span<T> from, int rows, int stride, int width);

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
        Chunks.ForItems(axis.Outer * tiles, block / tiles, call.Cancellation, (first, count) =>
        {
            Span<T> shift = stackalloc T[TileWidth];
            for (int item = first; item < first + count; item++)
            {
                int left = item % tiles * TileWidth, width = Math.Min(TileWidth, axis.Inner - left);
                ReadOnlySpan<T> from = x.Values<T>().Slice(item / tiles * block, block);
                Span<T> to = result.Values<T>().Slice(item / tiles * block, block);
                if (axis.Inner == 1)
                {
                    TensorPrimitives.Subtract(from, max.Row(from), to);
                    endRow(to);
                    continue;
                }

                max.Columns(from[left..], axis.Length, axis.Inner, shift[..width]);
                ForEachRow(from[left..], to[left..], axis, shift[..width], TensorPrimitives.Subtract);
                endColumns(to[left..], axis.Length, axis.Inner, width);
            }
        });
    }

    private static void SoftmaxRow<T>(Span<T> row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Elementary.Exp<T>(row, row);
        TensorPrimitives.Divide<T>(row, Reducers.Sum<T>().Row(row), row);
    }

    private static void LogSoftmaxRow<T>(Span<T> row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        TensorPrimitives.Subtract<T>(row, T.Log(Reducers.ExpSum(T.Zero).Row(row)), row);

    private static void SoftmaxColumns<T>(Span<T> from, int rows, int stride, int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> sums = stackalloc T[TileWidth];
        sums = sums[..width];
        ForEachRow<T>(from, from, new AxisView(1, rows, stride), sums, (x, _, y) => Elementary.Exp<T>(x, y));
        Reducers.Sum<T>().Columns(from, rows, stride, sums);
        ForEachRow<T>(from, from, new AxisView(1, rows, stride), sums, TensorPrimitives.Divide);
    }

    private static void LogSoftmaxColumns<T>(Span<T> from, int rows, int stride, int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> sums = stackalloc T[TileWidth];
        sums = sums[..width];
        Reducers.Sum<T>().Columns(from, rows, stride, sums, (x, _, y) => Elementary.Exp<T>(x, y));
        TensorPrimitives.Log<T>(sums, sums);
        ForEachRow<T>(from, from, new AxisView(1, rows, stride), sums, TensorPrimitives.Subtract);
    }

    private static void ForEachRow<T>(ReadOnlySpan<T> from, Span<T> to, AxisView axis, ReadOnlySpan<T> other, BinaryLoop<T, T> loop)
    {
        for (int row = 0; row < axis.Length; row++)
        {
            int at = row * axis.Inner;
            loop(from.Slice(at, other.Length), other, to.Slice(at, other.Length));
        }
    }
}
