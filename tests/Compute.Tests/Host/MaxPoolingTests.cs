using Backprop.Domain.Graphs;
using Shouldly;
using static Backprop.Compute.Tests.Nodes;

namespace Backprop.Compute.Tests.Host;

/// <summary>The largest elements of windows: the first of equals, NaN before all, borders never.</summary>
public class MaxPoolingTests
{
    [Theory]
    [InlineData(23, 2, 2, 1, 0, 0)]
    [InlineData(40, 3, 1, 1, 1, 1)]
    [InlineData(37, 3, 2, 2, 2, 3)]
    [InlineData(9, 4, 5, 1, 3, 2)]
    public void Agrees_with_a_plain_loop(int extent, int size, int stride, int dilation, int begin, int end)
    {
        int count = ((extent + begin + end - ((size - 1) * dilation) - 1) / stride) + 1;
        foreach (DType dtype in (DType[])[DType.Float64, DType.Float32, DType.Int64])
        {
            // Few values, so that there are equals.
            Tensor x = Random(new(dtype, Shape.Of(3, 6, extent)), 5);
            Rounded(x);
            Tensor y = Eval("ArgMaxPool", I64(3, 5, count), [x],
                ("kernel_shape", new[] { 2, size }), ("strides", new[] { 1, stride }), ("dilations", new[] { 1, dilation }), ("pads", new[] { 0, begin, 0, end }));
            for (int i = 0; i < y.Count; i++)
            {
                int[] window = y.Shape.IndexOf(i);
                y[i].ShouldBe(Largest(x, window, extent, size, stride, dilation, begin), $"{dtype} window {string.Join(',', window)}");
            }
        }
    }

    private static void Rounded(Tensor x)
    {
        for (int i = 0; i < x.Count; i++)
        {
            double value = i % 29 == 7 ? double.NaN : Math.Round(x[i]);
            switch (x.DType)
            {
                case DType.Float64: x.Values<double>()[i] = value; break;
                case DType.Float32: x.Values<float>()[i] = (float)value; break;
            }
        }
    }

    private static int Largest(Tensor x, int[] window, int extent, int size, int stride, int dilation, int begin)
    {
        int best = -1;
        for (int row = window[1]; row < window[1] + 2; row++)
        {
            for (int k = 0; k < size; k++)
            {
                int column = (window[2] * stride) - begin + (k * dilation), at = (row * extent) + column;
                if (column >= 0 && column < extent && (best < 0 || Beats(x[(window[0] * 6 * extent) + at], x[(window[0] * 6 * extent) + best])))
                {
                    best = at;
                }
            }
        }

        return best;
    }

    private static bool Beats(double value, double best) => value > best || (double.IsNaN(value) && !double.IsNaN(best));
}
