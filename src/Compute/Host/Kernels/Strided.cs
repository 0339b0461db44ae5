using Backprop.Compute.Compilation;

namespace Backprop.Compute.Host.Kernels;

/// <summary>Copies strided elements into row-major order: the work of Transpose, Expand and Slice.</summary>
internal static class Strided
{
    private const int Tile = 32;

    /// <summary>Fills <paramref name="result"/> from <paramref name="source"/>, starting at one of its elements.</summary>
    public static void Copy<T>(View source, long first, long[] strides, View result, CancellationToken cancellationToken)
        where T : unmanaged
    {
        if (result.Count == 0)
        {
            return;
        }

        var nest = new LoopNest(result.Shape.Dims, strides);
        if (nest.Depth >= 2 && nest.Stride(0, nest.Depth - 2) == 1 && nest.InnerStride(0) > 1)
        {
            CopyTransposed<T>(source, first, nest, result, cancellationToken);
            return;
        }

        int step = (int)nest.InnerStride(0);
        nest.ForRuns(cancellationToken, (at, cursor, start, length) => CopyRun(
            source.Values<T>(), (int)first + cursor[0] + (start * step), step, result.Values<T>().Slice(at, length)));
    }

    private static void CopyRun<T>(ReadOnlySpan<T> source, int at, int step, Span<T> result)
        where T : unmanaged
    {
        switch (step)
        {
            case 0:
                result.Fill(source[at]);
                break;
            case 1:
                source.Slice(at, result.Length).CopyTo(result);
                break;
            default:
                for (int i = 0; i < result.Length; i++, at += step)
                {
                    result[i] = source[at];
                }

                break;
        }
    }

    /// <summary>The last two loops form a transposed matrix: copies it in tiles, so that cache lines are used whole.</summary>
    private static void CopyTransposed<T>(View source, long first, LoopNest nest, View result, CancellationToken cancellationToken)
        where T : unmanaged
    {
        int rows = nest.Extent(nest.Depth - 2), columns = nest.Inner, step = (int)nest.InnerStride(0);
        int bands = (rows + Tile - 1) / Tile;
        Chunks.ForItems(nest.Outer / rows * bands, (long)Tile * columns, cancellationToken, (start, count) =>
        {
            ReadOnlySpan<T> from = source.Values<T>();
            var check = new CancellationCheck(cancellationToken);
            for (int band = start; band < start + count; band++)
            {
                int matrix = band / bands, top = band % bands * Tile;
                Span<T> to = result.Values<T>()[(((matrix * rows) + top) * columns)..];
                CopyBand(from[((int)first + nest.At(matrix * rows)[0] + top)..], step, to, Math.Min(Tile, rows - top), columns, ref check);
            }
        });
    }

    private static void CopyBand<T>(ReadOnlySpan<T> from, int step, Span<T> to, int rows, int columns, ref CancellationCheck check)
    {
        for (int left = 0; left < columns; left += Tile)
        {
            int right = Math.Min(left + Tile, columns);
            check.Before(Tile * rows);
            for (int row = 0; row < rows; row++)
            {
                for (int column = left; column < right; column++)
                {
                    to[(row * columns) + column] = from[(column * step) + row];
                }
            }
        }
    }
}
