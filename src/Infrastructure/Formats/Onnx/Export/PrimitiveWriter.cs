using Backprop.Domain.Graphs;
using Backprop.Domain.Operators.Primitives;
using Backprop.Infrastructure.Formats.Onnx.Schema;

namespace Backprop.Infrastructure.Formats.Onnx.Export;

/// <summary>Writes primitives as operators of set 17.</summary>
/// <param name="model">The model under construction.</param>
internal sealed class PrimitiveWriter(ModelAssembly model)
{
    private readonly WindowWriter windows = new(model);

    /// <summary>Writes a primitive, whose value gets this name.</summary>
    public void Write(Node node, string name)
    {
        string[] inputs = [.. node.Inputs.Select(model.NameOf)];
        string op = node.Op.Name;
        switch (op)
        {
            case "Cast":
                model.Add(op, inputs, [name], [OnnxAttribute.Of("to", (long)ElementTypes.Of(node.DType))]);
                break;
            case "Reshape":
                model.Add(op, [inputs[0], Dims(node.Shape)], [name], node.Shape.Count == 0 ? [OnnxAttribute.Of("allowzero", 1L)] : []);
                break;
            case "Expand":
                model.Add(op, [inputs[0], Dims(node.Shape)], [name]);
                break;
            case "Slice":
                Slice(node, inputs[0], name);
                break;
            case "Pad":
                model.Add(op, [inputs[0], model.Constant(node.Attributes["pads"].Numbers!.Value), inputs[1]], [name]);
                break;
            case "CumSum":
                model.Add(op, [inputs[0], model.Constant(Tensor.Scalar((long)node.Integer("axis")))], [name],
                    Attributes(node, "exclusive", "reverse"));
                break;
            case "ArgTopK":
                model.Add("TopK", [inputs[0], model.Constant([node.Integer("k")])], [model.FreshName(name), name],
                    Attributes(node, "axis", "largest"));
                break;
            case "ReduceL2" when Norms.Epsilon(node) != 0:
                Root(node, inputs[0], name);
                break;
            case "ReduceL2" or "ReduceSum" or "ReduceMax" or "ReduceMin" or "ReduceLogSumExp":
                Reduce(node, inputs[0], name);
                break;
            case "Unfold":
                windows.Unfold(node, inputs[0], name);
                break;
            case "Fold":
                windows.Fold(node, inputs[0], name);
                break;
            case "ArgMaxPool":
                windows.ArgMaxPool(node, inputs[0], name);
                break;
            default:
                model.Add(op, inputs, [name], Attributes(node, [.. node.Attributes.Keys.Order(StringComparer.Ordinal)]),
                    ExtensionFunctions.DomainOf(node));
                break;
        }
    }

    private void Root(Node node, string x, string name)
    {
        (string squares, string sum) = (model.FreshName(name), model.FreshName(name));
        long[] axes = [.. node.Integers("axes").Select(axis => (long)axis)];
        if (axes.Length == 0)
        {
            model.Add("Mul", [x, x], [squares]);
        }
        else
        {
            model.Add("ReduceSumSquare", [x], [squares], [OnnxAttribute.Of("axes", axes), .. Attributes(node, "keepdims")]);
        }

        model.Add("Add", [squares, model.Constant(Tensor.Filled(new TensorType(node.DType, Shape.Scalar), Norms.Epsilon(node)))], [sum]);
        model.Add("Sqrt", [sum], [name]);
    }

    private string Dims(Shape shape) => model.Constant(shape.Dims.ToArray().Select(dim => (long)dim));

    // A descending slice past the first element needs an end that does not count from the back.
    private void Slice(Node node, string x, string name)
    {
        (int[] starts, int[] steps) = (node.Integers("starts"), node.Integers("steps"));
        long[] ends = [.. starts.Select((start, axis) => start + ((long)node.Shape[axis] * steps[axis]) is >= 0 and long end ? end : long.MinValue)];
        string[] places = [.. new[] { starts.Select(start => (long)start), ends, Enumerable.Range(0, starts.Length).Select(axis => (long)axis),
            steps.Select(step => (long)step) }
            .Select(model.Constant)];
        model.Add("Slice", [x, .. places], [name]);
    }

    // An empty list of axes means no reduction here, but all axes in ONNX.
    private void Reduce(Node node, string x, string name)
    {
        long[] axes = [.. node.Integers("axes").Select(axis => (long)axis)];
        OnnxAttribute[] keep = Attributes(node, "keepdims");
        if (axes.Length == 0)
        {
            model.Add(node.Op == Norms.ReduceL2Op ? "Abs" : "Identity", [x], [name]);
        }
        else if (node.Op.Name == "ReduceSum")
        {
            model.Add("ReduceSum", [x, model.Constant(axes)], [name], keep);
        }
        else
        {
            model.Add(node.Op.Name, [x], [name], [OnnxAttribute.Of("axes", axes), .. keep]);
        }
    }

    private static OnnxAttribute[] Attributes(Node node, params string[] names) =>
        [.. names.Select(name => AttributeWriter.Exact(name, node.Attributes[name])!)];
}
