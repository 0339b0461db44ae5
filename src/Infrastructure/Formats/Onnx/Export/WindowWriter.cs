using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Formats.Onnx.Schema;

namespace Backprop.Infrastructure.Formats.Onnx.Export;

/// <summary>Writes the primitives of sliding windows, which ONNX lacks, as operators of set 17.</summary>
/// <param name="model">The model under construction.</param>
internal sealed class WindowWriter(ModelAssembly model)
{
    /// <summary>The windows of an axis are gathered.</summary>
    public void Unfold(Node node, string x, string name)
    {
        int axis = node.Integer("axis");
        Tensor places = Tensor.Of(Places(node.Shape[axis], node.Shape[axis + 1], node), Shape.Of(node.Shape[axis], node.Shape[axis + 1]));
        model.Add("Gather", [x, model.Constant(places)], [name], [OnnxAttribute.Of("axis", (long)axis)]);
    }

    /// <summary>Overlapping windows are scattered among zeros and added.</summary>
    public void Fold(Node node, string x, string name)
    {
        int axis = node.Integer("axis");
        Shape from = node.Inputs[0].Shape;
        long[] places = Places(from[axis], from[axis + 1], node);
        long[] updates = Dims(node.Shape);
        updates[axis] = places.Length;
        long[] column = [.. updates.Select((_, i) => i == axis ? (long)places.Length : 1)];
        string zero = model.Constant(Tensor.Filled(new TensorType(node.DType, Shape.Scalar), 0));
        model.Add("ScatterElements",
            [
                Made("Expand", zero, Dims(node.Shape), name),
                Made("Expand", model.Constant(Tensor.Of(places, Shape.Of([.. column.Select(dim => (int)dim)]))), updates, name),
                Made("Reshape", x, updates, name),
            ],
            [name], [OnnxAttribute.Of("axis", (long)axis), OnnxAttribute.Of("reduction", "add")]);
    }

    /// <summary>MaxPool's second value counts through all channels for a batch of one; the position within a channel is the remainder.</summary>
    public void ArgMaxPool(Node node, string x, string name)
    {
        Shape from = node.Inputs[0].Shape;
        int lead = from.Rank - node.Integers("kernel_shape").Length;
        if (!node.Inputs[0].DType.IsFloat())
        {
            string number = model.FreshName(name);
            model.Add("Cast", [x], [number], [OnnxAttribute.Of("to", (long)OnnxElementType.Double)]);
            x = number;
        }

        string channels = Made("Reshape", x, [1, from.CountOf(0, lead), .. Dims(from)[lead..]], name);
        string indices = model.FreshName(name);
        OnnxAttribute[] attributes = [.. new[] { "dilations", "kernel_shape", "pads", "strides" }.Select(attribute =>
            AttributeWriter.Exact(attribute, node.Attributes[attribute])!)];
        model.Add("MaxPool", [channels], [model.FreshName(name), indices], attributes);
        string places = model.FreshName(name);
        model.Add("Mod", [indices, model.Constant(Tensor.Scalar(from.CountOf(lead, from.Rank)))], [places]);
        model.Add("Reshape", [places, model.Constant(Dims(node.Shape))], [name]);
    }

    private string Made(string op, string x, long[] dims, string prefix)
    {
        string name = model.FreshName(prefix);
        model.Add(op, [x, model.Constant(dims)], [name]);
        return name;
    }

    private long[] Places(int count, int size, Node node)
    {
        (long stride, long dilation) = (node.Integer("stride"), node.Integer("dilation"));
        var places = new long[count * size];
        for (int window = 0; window < count; window++)
        {
            model.Cancellation.ThrowIfCancellationRequested();
            for (int i = 0; i < size; i++)
            {
                places[(window * size) + i] = (window * stride) + (i * dilation);
            }
        }

        return places;
    }

    private static long[] Dims(Shape shape) => [.. shape.Dims.ToArray().Select(dim => (long)dim)];
}
