using Backprop.Domain.Graphs;
using Shouldly;
using static Backprop.Compute.Tests.Nodes;

namespace Backprop.Compute.Tests.Host;

/// <summary>The largest elements of windows: the first of equal ones, NaN before all, padding never.</summary>
public class MaxPoolingTests
{
    [Theory]
    [InlineData(23, 2, 2, 1, 0, 0)]
    [InlineData(40, 3, 1, 1, 1, 1)]
    [InlineData(37, 3, 2, 2, 2, 3)]
    [InlineData(9, 4, 5, 1, 3, 2)]
    [InlineData(150, 3, 4, 3, 0, 1)]
    public void Agrees_with_a_plain_loop(int extent, int size, int stride, int dilation, int begin, int end)
    {
        foreach (DType dtype in (DType[])[DType.Float64, DType.Float32, DType.Int64])
        {
            // Few distinct values, so that some are equal.
            Tensor x = Random(new(dtype, Shape.Of(3, 5, extent)), 5);
            Rounded(x);
            Check(x, size, stride, dilation, begin, end);
        }
    }

    // Fewer windows than are processed at once, exactly as many, and some more; without padding, and with windows that borders cut.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Agrees_for_every_width(int stride)
    {
        for (int extent = 1; extent <= 40; extent++)
        {
            Tensor x = Random(F32(2, 5, extent), extent);
            Rounded(x);
            Check(x, 1, stride, 1, 0, 0);
            Check(x, 2, stride, 1, 1, 0);
            Check(x, 3, stride, 1, 2, 2);
            if (extent >= 3)
            {
                Check(x, 3, stride, 2, 3, 3);
            }
        }
    }

    [Theory]
    [InlineData(float.NegativeInfinity)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NaN)]
    [InlineData(-0f)]
    public void The_first_of_equals_counts(float value)
    {
        Tensor x = Tensor.Zeros(F32(1, 5, 36));
        x.Values<float>().Fill(value);
        Check(x, 2, 2, 1, 0, 0);
        x.Values<float>()[^1] = 0;
        x.Values<float>()[38] = float.NaN;
        Check(x, 2, 2, 1, 0, 0);
    }

    // Lines of three planes are enough for several threads.
    [Fact]
    public void Many_lines_are_split()
    {
        Tensor x = Random(F32(3, 205, 140), 7);
        Rounded(x);
        Check(x, 2, 2, 1, 0, 0);
    }

    // Windows of two rows, with a row of padding at the beginning.
    private static void Check(Tensor x, int size, int stride, int dilation, int begin, int end)
    {
        int count = ((x.Shape[2] + begin + end - ((size - 1) * dilation) - 1) / stride) + 1;
        Tensor y = Eval("ArgMaxPool", I64(x.Shape[0], ((x.Shape[1] - 1) / stride) + 1, count), [x],
            ("kernel_shape", new[] { 2, size }), ("strides", new[] { stride, stride }), ("dilations", new[] { 1, dilation }), ("pads", new[] { 1, begin, 0, end }));
        long[] places = y.ToIntegers();
        for (int i = 0; i < y.Count; i++)
        {
            int[] window = y.Shape.IndexOf(i);
            if (places[i] != Largest(x, window, size, stride, dilation, begin))
            {
                throw new ShouldAssertException($"{x.Type} window {string.Join(',', window)} of {size} by {stride}: {places[i]}");
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

    private static int Largest(Tensor x, int[] window, int size, int stride, int dilation, int begin)
    {
        (int best, int height, int extent) = (-1, x.Shape[1], x.Shape[2]);
        for (int row = (window[1] * stride) - 1; row < (window[1] * stride) + 1; row++)
        {
            for (int k = 0; k < size; k++)
            {
                int column = (window[2] * stride) - begin + (k * dilation), at = (row * extent) + column, plane = window[0] * height * extent;
                if (row >= 0 && column >= 0 && column < extent && (best < 0 || Beats(x[plane + at], x[plane + best])))
                {
                    best = at;
                }
            }
        }

        return best;
    }

    private static bool Beats(double value, double best) => value > best || (double.IsNaN(value) && !double.IsNaN(best));
}
