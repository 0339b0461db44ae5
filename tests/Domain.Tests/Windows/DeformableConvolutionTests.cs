using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Domain.Tests.Running;
using Backprop.Testing.Running;
using Backprop.Testing.Samples;
using Shouldly;
using Xunit;
using static Backprop.Testing.Samples.SampleValues;

namespace Backprop.Domain.Tests.Windows;

/// <summary>A deformable convolution is a convolution of the image moved by the offsets.</summary>
public class DeformableConvolutionTests
{
    private static readonly (string, AttributeValue)[] Geometry = [("strides", new[] { 2, 1 }), ("dilations", new[] { 1, 2 }), ("pads", new[] { 1, 2, 0, 1 }), ("group", 2)];

    [Fact]
    public void Without_offsets_it_is_a_convolution()
    {
        Tensor x = X(2, 4, 5, 6), w = Y(4, 2, 2, 3), b = Z(4);
        Tensor expected = Value(Of("Conv", "", [x, w, b], Geometry));
        Tensor offset = Filled(0, 2, 12, expected.Shape[2], expected.Shape[3]);
        Value(Of("DeformConv", "", [x, w, offset, b], Geometry)).ShouldBeClose(expected, 1e-13, 1e-13, "value");
        Tensor mask = Filled(0.5, 2, 6, expected.Shape[2], expected.Shape[3]);
        Tensor halves = Value(Of("Conv", "", [x, w], Geometry));
        Value(Of("DeformConv", "", [x, w, offset, Argument.Omitted, mask], Geometry)).ShouldBeClose(Differences.Map(halves, i => halves[i] / 2), 1e-13, 1e-13, "masked value");
    }

    [Theory]
    [InlineData(1, 0, 1, 0, 0)]
    [InlineData(0, -1, 0, 0, 1)]
    [InlineData(0.25, 0, 0.25, 0.75, 0)]
    public void An_offset_moves_the_image(double down, double right, double below, double here, double left)
    {
        // Rows come before columns; y = Σ of the neighbours times their weights, where those outside are 0.
        Tensor x = X(1, 1, 3, 3), w = F([1], 1, 1, 1, 1);
        Tensor offset = Tensor.Of([.. Enumerable.Repeat(down, 9), .. Enumerable.Repeat(right, 9)], Shape.Of(1, 2, 3, 3));
        Tensor y = Value(Of("DeformConv", "", [x, w, offset]));
        for (int i = 0; i < 9; i++)
        {
            double expected = (i < 6 ? below * x[i + 3] : 0) + (here * x[i]) + (i % 3 > 0 ? left * x[i - 1] : 0);
            y[i].ShouldBe(expected, 1e-14, $"element {i}");
        }
    }

    private static Tensor Value(Sample sample) => Engine.Run(sample.Definition, sample.Inputs, Queries.Evaluation())[ResultKey.Output("y")];

    private static Tensor Filled(double value, params int[] dims) => Tensor.Filled(new TensorType(DType.Float64, Shape.Of(dims)), value);
}
