using Backprop.Domain.Graphs;
using Shouldly;
using static Backprop.Compute.Tests.Nodes;

namespace Backprop.Compute.Tests.Host;

public class MatMulTests
{
    [Theory]
    [InlineData(new[] { 2, 3 }, new[] { 3, 4 })]
    [InlineData(new[] { 1, 1 }, new[] { 1, 1 })]
    [InlineData(new[] { 5, 7 }, new[] { 7, 1 })]
    [InlineData(new[] { 1, 7 }, new[] { 7, 50 })]
    [InlineData(new[] { 200, 33 }, new[] { 33, 61 })]
    [InlineData(new[] { 3, 2, 5 }, new[] { 5, 6 })]
    [InlineData(new[] { 2, 1, 3, 4 }, new[] { 5, 4, 2 })]
    [InlineData(new[] { 5, 4, 2 }, new[] { 2, 1, 2, 3 })]
    [InlineData(new[] { 3, 4 }, new[] { 6, 4, 13 })]
    [InlineData(new[] { 2, 0 }, new[] { 0, 3 })]
    [InlineData(new[] { 0, 2 }, new[] { 2, 3 })]
    [InlineData(new[] { 0, 2, 2 }, new[] { 2, 3 })]
    public void Agrees_with_a_plain_loop(int[] left, int[] right)
    {
        Shape batch = Shape.Broadcast(Shape.Of(left[..^2]), Shape.Of(right[..^2]))!;
        var shape = Shape.Of([.. batch.Dims, left[^2], right[^1]]);
        foreach (DType dtype in (DType[])[DType.Float64, DType.Float32, DType.Int64])
        {
            Tensor a = Random(new(dtype, Shape.Of(left)), 1), b = Random(new(dtype, Shape.Of(right)), 2);
            Tensor c = Eval("MatMul", new(dtype, shape), [a, b]);
            for (int i = 0; i < c.Count; i++)
            {
                int[] index = shape.IndexOf(i);
                double expected = 0;
                for (int k = 0; k < left[^1]; k++)
                {
                    expected += a[Element(a.Shape, index[..^2], index[^2], k)] * b[Element(b.Shape, index[..^2], k, index[^1])];
                }

                c[i].ShouldBe(expected, dtype == DType.Float32 ? 1e-4 : 1e-12);
            }
        }
    }

    private static int Element(Shape shape, int[] batch, int row, int column) =>
        (Position(Shape.Of(shape.Dims[..^2]), batch) * shape.Dims[^2] * shape.Dims[^1]) + (row * shape.Dims[^1]) + column;
}
