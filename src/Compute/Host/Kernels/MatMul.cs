using System.Buffers;
using System.Numerics;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host.Kernels;

/// <summary>Matrix products of the last two axes; the axes before them broadcast.</summary>
internal static class MatMul
{
    private const int BandRows = 192;
    private const int PackFrom = 16;

    public static IEnumerable<(string Name, Kernel Kernel)> Rows() =>
        [("MatMul", Typed.Of(Multiply<double>, Multiply<float>, Multiply<long>))];

    private static void Multiply<T>(KernelCall call)
        where T : unmanaged, INumber<T>
    {
        View a = call.Operands[0], b = call.Operands[1], c = call.Result;
        if (c.Count == 0)
        {
            return;
        }

        int m = a.Shape.Dims[^2], k = a.Shape.Dims[^1], n = b.Shape.Dims[^1];
        if (k == 0)
        {
            c.Values<T>().Clear();
            return;
        }

        int batches = c.Count / (m * n);
        if (b.Count == k * n)
        {
            // One matrix on the right serves all: the rows of the left ones form a single matrix.
            (m, batches) = (m * batches, 1);
        }

        (int[] startsA, int[] startsB) = Starts(a.Shape, b.Shape, c.Shape, batches);
        int panels = ((n - 1) / MatrixPanel.Width<T>()) + 1, bands = ((m - 1) / BandRows) + 1;
        Chunks.Each(batches * panels * bands, (double)batches * m * n * k / 4, call.Cancellation, item =>
        {
            int batch = item / (panels * bands), panel = item % panels, top = item / panels % bands * BandRows;
            int left = panel * MatrixPanel.Width<T>(), rows = Math.Min(BandRows, m - top);
            Band(
                a.Values<T>()[(startsA[batch] + (top * k))..],
                rows,
                k,
                b.Values<T>()[(startsB[batch] + left)..],
                c.Values<T>()[((batch * m * n) + (top * n) + left)..],
                n,
                Math.Min(MatrixPanel.Width<T>(), n - left));
        });
    }

    private static (int[] A, int[] B) Starts(Shape a, Shape b, Shape c, int batches)
    {
        int[] startsA = new int[batches], startsB = new int[batches];
        if (batches == 1)
        {
            return (startsA, startsB);
        }

        int rank = c.Rank - 2;
        long[] stridesA = LoopNest.Broadcast(Shape.Of(a.Dims[..^2]), rank), stridesB = LoopNest.Broadcast(Shape.Of(b.Dims[..^2]), rank);
        var nest = new LoopNest(c.Dims[..^2], stridesA, stridesB);
        LoopNest.Cursor cursor = nest.At(0);
        for (int batch = 0; batch < batches; batch++)
        {
            int inner = batch % nest.Inner;
            startsA[batch] = (cursor[0] + (inner * (int)nest.InnerStride(0))) * a.Dims[^2] * a.Dims[^1];
            startsB[batch] = (cursor[1] + (inner * (int)nest.InnerStride(1))) * b.Dims[^2] * b.Dims[^1];
            if (inner == nest.Inner - 1)
            {
                cursor.Next();
            }
        }

        return (startsA, startsB);
    }

    private static void Band<T>(ReadOnlySpan<T> a, int rows, int k, ReadOnlySpan<T> b, Span<T> c, int n, int width)
        where T : unmanaged, INumber<T>
    {
        int full = MatrixPanel.Width<T>();
        if (width == full && rows < PackFrom)
        {
            MatrixPanel.Multiply(a, rows, k, b, n, c, n, width);
            return;
        }

        T[] rented = ArrayPool<T>.Shared.Rent(k * full);
        Span<T> packed = rented.AsSpan(0, k * full);
        for (int p = 0; p < k; p++)
        {
            Span<T> row = packed.Slice(p * full, full);
            b.Slice(p * n, width).CopyTo(row);
            row[width..].Clear();
        }

        MatrixPanel.Multiply(a, rows, k, packed, full, c, n, width);
        ArrayPool<T>.Shared.Return(rented);
    }
}
