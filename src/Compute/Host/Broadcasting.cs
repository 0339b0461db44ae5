using Backprop.Compute.Compilation;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host;

/// <summary>Materializes a part of a broadcast value, so that its elements are contiguous.</summary>
internal static class Broadcasting
{
    /// <summary>Fills a tile with the only element of a value.</summary>
    public static void Fill(View value, Tensor tile)
    {
        switch (value.DType)
        {
            case DType.Float64: tile.Values<double>().Fill(value.Values<double>()[0]); break;
            case DType.Float32: tile.Values<float>().Fill(value.Values<float>()[0]); break;
            case DType.Int64: tile.Values<long>().Fill(value.Values<long>()[0]); break;
            default: tile.Values<bool>().Fill(value.Values<bool>()[0]); break;
        }
    }

    /// <summary>Writes the elements <paramref name="start"/> … of a broadcast value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="nest">The loops over the shape that it is broadcast to; it is their first operand.</param>
    /// <param name="start">The first element, in the order of that shape.</param>
    /// <param name="count">How many.</param>
    /// <param name="tile">Where they are written.</param>
    public static void Load(View value, LoopNest nest, int start, int count, Tensor tile)
    {
        switch (value.DType)
        {
            case DType.Float64: Load(value.Values<double>(), nest, start, tile.Values<double>()[..count]); break;
            case DType.Float32: Load(value.Values<float>(), nest, start, tile.Values<float>()[..count]); break;
            case DType.Int64: Load(value.Values<long>(), nest, start, tile.Values<long>()[..count]); break;
            default: Load(value.Values<bool>(), nest, start, tile.Values<bool>()[..count]); break;
        }
    }

    private static void Load<T>(ReadOnlySpan<T> from, LoopNest nest, int start, Span<T> to)
    {
        bool moves = nest.InnerStride(0) != 0;
        int at = start % nest.Inner;
        LoopNest.Cursor cursor = nest.At(start / nest.Inner);
        while (to.Length > 0)
        {
            int run = Math.Min(nest.Inner - at, to.Length);
            if (moves)
            {
                from.Slice(cursor[0] + at, run).CopyTo(to);
            }
            else
            {
                to[..run].Fill(from[cursor[0]]);
            }

            to = to[run..];
            at = 0;
            cursor.Next();
        }
    }
}
