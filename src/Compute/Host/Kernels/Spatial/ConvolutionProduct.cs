using System.Numerics;
using Backprop.Compute.Host.Gemm;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host.Kernels.Spatial;

/// <summary>A convolution as matrix products: the offsets of their elements.</summary>
internal sealed class ConvolutionProduct
{
    private readonly int group;
    private CancellationCheck check;
    private readonly int rows;
    private readonly int channels;
    private readonly int[] x;
    private readonly int[] w;
    private readonly int[] termsX;
    private readonly int[] termsW;
    private readonly (int Extent, int Step)[] windows;

    /// <summary>The products of a node, whose operands may have any strides.</summary>
    public ConvolutionProduct(Node node, View x, View w, Shape y, CancellationToken cancellationToken)
    {
        check = new CancellationCheck(cancellationToken);
        int[] strides = node.Integers("strides"), dilations = node.Integers("dilations");
        (this.x, this.w) = (x.Steps(), w.Steps());
        group = node.Integer("group");
        (rows, channels, Points) = (w.Shape[0] / group, w.Shape[1], x.Shape[0]);
        IEnumerable<int> spatial = Enumerable.Range(2, strides.Length);
        termsX = Offsets([(channels, this.x[1]), .. spatial.Select(axis => (w.Shape[axis], this.x[axis] * dilations[axis - 2]))]);
        termsW = Offsets([(channels, this.w[1]), .. spatial.Select(axis => (w.Shape[axis], this.w[axis]))]);
        windows = [.. spatial.Select(axis => (y[axis], this.x[axis] * strides[axis - 2]))];
        Windows = (int)y.CountOf(2, y.Rank);
    }

    /// <summary>The points, each convolved separately.</summary>
    public int Points { get; }

    /// <summary>The channels of the result.</summary>
    public int Channels => rows * group;

    /// <summary>The windows of a point.</summary>
    public int Windows { get; }

    /// <summary>One product for each point and group: y is [points, channels, windows].</summary>
    public void Multiply<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> w, Span<T> y, Epilogue? epilogue, CancellationToken cancellationToken)
        where T : unmanaged, INumber<T> => Multiply(x, w, y, Offsets(windows), epilogue, cancellationToken,
            [new BatchAxis(Points, 0, this.x[0], Channels * Windows), new BatchAxis(group, rows * this.w[0], channels * this.x[1], rows * Windows)]);

    /// <summary>One product for each group, over all points: y is [channels, points, windows].</summary>
    public void MultiplyJoined<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> w, Span<T> y, CancellationToken cancellationToken)
        where T : unmanaged, INumber<T> => Multiply(x, w, y, Offsets([(Points, this.x[0]), .. windows]), null, cancellationToken,
            [new BatchAxis(group, rows * this.w[0], channels * this.x[1], rows * Points * Windows)]);

    private unsafe void Multiply<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> w, Span<T> y, int[] columns, Epilogue? epilogue, CancellationToken cancellationToken, BatchAxis[] batch)
        where T : unmanaged, INumber<T>
    {
        int step = termsW.Length > 1 ? termsW[1] : 1;
        bool isEven = true;
        for (int i = 0; i < termsW.Length && isEven; i++)
        {
            isEven = termsW[i] == i * step;
        }

        fixed (T* left = w, right = x, result = y)
        {
            fixed (int* termsA = termsW, termsB = termsX, offsets = columns)
            {
                var first = new Operands<T>
                {
                    M = rows,
                    N = columns.Length,
                    K = termsW.Length,
                    A = left,
                    RowA = this.w[0],
                    ColumnA = step,
                    TermsA = isEven ? null : termsA,
                    B = right,
                    TermsB = termsB,
                    OffsetsB = offsets,
                    C = result,
                    RowC = columns.Length,
                    Epilogue = epilogue,
                };
                MatrixProduct.Multiply(first, batch, cancellationToken);
            }
        }
    }

    // The offsets of all positions along some axes, the last one running fastest.
    private int[] Offsets((int Extent, int Step)[] axes)
    {
        int[] offsets = [0];
        foreach ((int extent, int step) in axes)
        {
            var next = new int[offsets.Length * extent];
            for (int outer = 0, i = 0; outer < offsets.Length; outer++)
            {
                check.Before(extent);
                for (int at = 0; at < extent; at++, i++)
                {
                    next[i] = offsets[outer] + (at * step);
                }
            }

            offsets = next;
        }

        return offsets;
    }
}
