using Backprop.Domain.Graphs;
using Shouldly;
using static Backprop.Compute.Tests.Nodes;

namespace Backprop.Compute.Tests.Host;

/// <summary>The host's convolution against a plain loop, at sizes that cover every path through the products.</summary>
public class ConvolutionTests
{
    [Theory]
    [InlineData(new[] { 1, 3, 20, 19 }, new[] { 5, 3, 3, 3 }, 1, 1, 1)]
    [InlineData(new[] { 2, 8, 15, 15 }, new[] { 9, 8, 3, 3 }, 1, 1, 1)]
    [InlineData(new[] { 1, 2, 9, 11, 8 }, new[] { 3, 2, 2, 3, 1 }, 1, 1, 1)]
    [InlineData(new[] { 1, 70, 14, 14 }, new[] { 130, 70, 2, 2 }, 1, 1, 1)]
    [InlineData(new[] { 2, 3, 31, 30 }, new[] { 4, 3, 3, 2 }, 2, 1, 1)]
    [InlineData(new[] { 2, 3, 31, 30 }, new[] { 4, 3, 3, 2 }, 1, 3, 1)]
    [InlineData(new[] { 1, 12, 16, 16 }, new[] { 6, 4, 3, 3 }, 1, 1, 3)]
    [InlineData(new[] { 3, 5, 4, 4 }, new[] { 7, 5, 3, 3 }, 1, 1, 1)]
    [InlineData(new[] { 9, 6, 4, 4 }, new[] { 8, 3, 2, 2 }, 1, 1, 2)]
    [InlineData(new[] { 4, 9, 21, 21 }, new[] { 33, 9, 19, 19 }, 1, 1, 1)]
    [InlineData(new[] { 1, 1, 400 }, new[] { 1, 1, 1 }, 1, 1, 1)]
    [InlineData(new[] { 3, 5, 18, 18 }, new[] { 9, 5, 16, 16 }, 1, 1, 1)]
    [InlineData(new[] { 1, 4, 9, 33 }, new[] { 1, 4, 8, 32 }, 1, 1, 1)]
    [InlineData(new[] { 2, 6, 34, 50 }, new[] { 10, 3, 32, 48 }, 1, 1, 2)]
    [InlineData(new[] { 1, 3, 26, 33 }, new[] { 6, 3, 24, 16 }, 2, 1, 1)]
    public void Agrees_with_a_plain_loop(int[] x, int[] w, int stride, int dilation, int group)
    {
        int spatial = x.Length - 2;
        int[] counts = [.. Enumerable.Range(2, spatial).Select(axis => ((x[axis] - (dilation * (w[axis] - 1)) - 1) / stride) + 1)];
        var shape = Shape.Of([x[0], w[0], .. counts]);
        foreach (DType dtype in (DType[])[DType.Float64, DType.Float32])
        {
            Tensor values = Random(new(dtype, Shape.Of(x)), 1), kernel = Random(new(dtype, Shape.Of(w)), 2);
            Tensor y = Eval(
                "Conv", new(dtype, shape), [values, kernel],
                ("strides", Enumerable.Repeat(stride, spatial).ToArray()), ("dilations", Enumerable.Repeat(dilation, spatial).ToArray()), ("group", (long)group));
            for (int i = 0; i < y.Count; i += 1 + (y.Count / 500))
            {
                y[i].ShouldBe(At(values, kernel, shape.IndexOf(i), stride, dilation, group), dtype == DType.Float32 ? 2e-3 : 1e-11);
            }
        }
    }

    private static double At(Tensor x, Tensor w, int[] place, int stride, int dilation, int group)
    {
        int first = place[1] / (w.Shape[0] / group) * w.Shape[1];
        double sum = 0;
        int terms = (int)w.Shape.CountOf(1, w.Shape.Rank);
        for (int term = 0; term < terms; term++)
        {
            int[] tap = Shape.Of(w.Shape.Dims[1..]).IndexOf(term);
            int[] from = [place[0], first + tap[0], .. place[2..].Select((o, i) => (o * stride) + (tap[1 + i] * dilation))];
            sum += x[Position(x.Shape, from)] * w[(place[1] * terms) + term];
        }

        return sum;
    }
}
