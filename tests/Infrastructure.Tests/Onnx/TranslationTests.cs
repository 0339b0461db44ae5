using Backprop.Infrastructure.Formats.Onnx.Schema;
using Shouldly;
using Xunit;
using static Backprop.Infrastructure.Tests.Onnx.Models;

namespace Backprop.Infrastructure.Tests.Onnx;

/// <summary>The translations of older operator versions. ONNX's node tests check their numbers.</summary>
public class TranslationTests
{
    [Fact]
    public void Softmax_saw_a_matrix_before_opset_13()
    {
        Of(12, Node("out = Softmax(x)")).Nodes().ShouldBe(
            ["out.Flatten = Flatten(x, axis=1)", "out.Shape = Shape(x)", "out = Reshape(out.Softmax, out.Shape)", "out.Softmax = Softmax(out.Flatten, axis=-1)"]);
        Of(13, Node("out = Softmax(x)")).Nodes().ShouldBe(["out = Softmax(x)"]);
        Of(11, Node("out = LogSoftmax(x)", OnnxAttribute.Of("axis", -1L))).Nodes()[0].ShouldBe("out.Flatten = Flatten(x, axis=-1)");
    }

    [Fact]
    public void What_moved_from_attributes_to_operands_is_taken_either_way()
    {
        Of(9, Node("out = Slice(x)", OnnxAttribute.Of("starts", [0L]), OnnxAttribute.Of("ends", [1L]))).Nodes().ShouldBe(["out = Slice(x, ends=1, starts=0)"]);
        Of(12, Node("out = Unsqueeze(x)", OnnxAttribute.Of("axes", [0L]))).Nodes().ShouldBe(["out = Unsqueeze(x, axes=0)"]);
    }

    [Fact]
    public void Whole_numbers_of_32_bits_are_int64() =>
        Of(17, Node("out = Cast(x)", OnnxAttribute.Of("to", 6L))).Nodes().ShouldBe(["out = Cast(x, to=7)"]);

    [Fact]
    public void A_constant_of_a_shape_is_a_number_expanded() =>
        Of(17, Node("s = Shape(x)"), Node("out = ConstantOfShape(s)")).Nodes().ShouldBe(["s = Shape(x)", "out = Expand(out.value, s)"]);

    [Fact]
    public void A_number_expanded_has_one_element()
    {
        var two = OnnxAttribute.Of("value", OnnxTensor.Of("", Domain.Graphs.Tensor.Vector(1f, 2f)));
        Of(17, Node("out = ConstantOfShape(x)", two)).ShouldBeRefused().ShouldContain("it has 2");
        Of(17, Node("out = Relu(x)", two)).ShouldBeRefused().ShouldContain("attribute value must not be a tensor");
    }

    [Fact]
    public void Scatter_got_another_name() => Of(10, Node("out = Scatter(x, y, x)")).Nodes().ShouldBe(["out = ScatterElements(x, y, x)"]);
}
