using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Formats.Onnx.Schema;
using Backprop.Infrastructure.Formats.Onnx.Wire;

namespace Backprop.Infrastructure.Formats.Onnx;

/// <summary>Writes a model file: ModelProto of onnx.proto (github.com/onnx/onnx), always the same bytes for the same model.</summary>
public static class ModelWriter
{
    /// <summary>The bytes of the file.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cancellationToken">Cancels writing.</param>
    public static byte[] Write(OnnxModel model, CancellationToken cancellationToken = default)
    {
        var writer = new WireWriter();
        writer.Integer(1, model.IrVersion);
        writer.OptionalText(2, model.Producer);
        writer.Message(7, nested => Graph(nested, model.Graph, cancellationToken));
        OperatorSets(writer, 8, model.OperatorSets);
        foreach (OnnxFunction function in model.Functions)
        {
            writer.Message(25, nested => Function(nested, function));
        }

        return writer.Written.ToArray();
    }

    private static void OperatorSets(WireWriter writer, int field, IEnumerable<OperatorSet> sets)
    {
        foreach (OperatorSet set in sets)
        {
            writer.Message(field, nested =>
            {
                nested.Text(1, set.Domain);
                nested.Integer(2, set.Version);
            });
        }
    }

    private static void Graph(WireWriter writer, OnnxGraph graph, CancellationToken cancellationToken)
    {
        foreach (OnnxNode node in graph.Nodes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            writer.Message(1, nested => Node(nested, node));
        }

        // The checker requires that a graph has a name.
        writer.Text(2, graph.Name);
        foreach (OnnxTensor tensor in graph.Initializers)
        {
            cancellationToken.ThrowIfCancellationRequested();
            writer.Message(5, nested => Tensor(nested, tensor));
        }

        foreach (OnnxValue input in graph.Inputs)
        {
            writer.Message(11, nested => Value(nested, input));
        }

        foreach (OnnxValue output in graph.Outputs)
        {
            writer.Message(12, nested => Value(nested, output));
        }
    }

    private static void Function(WireWriter writer, OnnxFunction function)
    {
        writer.Text(1, function.Name);
        Names(writer, 4, function.Inputs);
        Names(writer, 5, function.Outputs);
        Names(writer, 6, function.Attributes);
        foreach (OnnxNode node in function.Nodes)
        {
            writer.Message(7, nested => Node(nested, node));
        }

        OperatorSets(writer, 9, function.OperatorSets);
        writer.Text(10, function.Domain);
        foreach (OnnxAttribute attribute in function.Defaults)
        {
            writer.Message(11, nested => Attribute(nested, attribute));
        }

        writer.OptionalText(13, function.Overload);
    }

    private static void Node(WireWriter writer, OnnxNode node)
    {
        Names(writer, 1, node.Inputs);
        Names(writer, 2, node.Outputs);
        writer.OptionalText(3, node.Name);
        writer.Text(4, node.Operator);
        foreach (OnnxAttribute attribute in node.Attributes)
        {
            writer.Message(5, nested => Attribute(nested, attribute));
        }

        writer.OptionalText(7, node.Domain);
        writer.OptionalText(8, node.Overload);
    }

    private static void Names(WireWriter writer, int field, IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            writer.Text(field, name);
        }
    }

    private static void Attribute(WireWriter writer, OnnxAttribute attribute)
    {
        writer.Text(1, attribute.Name);
        writer.OptionalText(21, attribute.Reference);
        writer.Integer(20, (long)attribute.Type);
        if (attribute.Reference.Length > 0)
        {
            return;
        }

        switch (attribute.Type)
        {
            case AttributeType.Float: writer.Single(2, attribute.Float); break;
            case AttributeType.Int: writer.Integer(3, attribute.Int); break;
            case AttributeType.String: writer.Text(4, attribute.String); break;
            case AttributeType.Tensor: writer.Message(5, nested => Tensor(nested, attribute.Tensor!)); break;
            case AttributeType.Graph: writer.Message(6, nested => Graph(nested, attribute.Graph!, CancellationToken.None)); break;
            case AttributeType.Floats: writer.Singles(7, attribute.Floats); break;
            case AttributeType.Ints: writer.Integers(8, attribute.Ints); break;
            case AttributeType.Strings: Names(writer, 9, attribute.Strings); break;
            default: throw new ArgumentException($"An attribute of kind {attribute.Type} cannot be written.", nameof(attribute));
        }
    }

    private static void Tensor(WireWriter writer, OnnxTensor tensor)
    {
        Tensor value = tensor.Value ?? throw new ArgumentException($"The tensor '{tensor.Name}' has no value.", nameof(tensor));
        writer.Integers(1, [.. value.Shape.Dims.ToArray().Select(dim => (long)dim)]);
        writer.Integer(2, (long)tensor.Type);
        writer.OptionalText(8, tensor.Name);
        if (tensor.Type == OnnxElementType.Int32)
        {
            writer.Integers(5, [.. value.ToIntegers().Select(number => (long)checked((int)number))]);
        }
        else
        {
            writer.Bytes(9, value.Bytes());
        }
    }

    private static void Value(WireWriter writer, OnnxValue value)
    {
        writer.Text(1, value.Name);
        if (value.Type == OnnxElementType.Undefined)
        {
            // Element type 0 is not valid in a file; readers infer a missing type.
            return;
        }

        writer.Message(2, type => type.Message(1, tensor =>
        {
            tensor.Integer(1, (long)value.Type);
            if (value.Shape is { } shape)
            {
                tensor.Message(2, nested => Shape(nested, shape));
            }
        }));
    }

    private static void Shape(WireWriter writer, IReadOnlyList<Dimension> shape)
    {
        foreach (Dimension dimension in shape)
        {
            writer.Message(1, nested =>
            {
                if (dimension.Symbol is null)
                {
                    nested.Integer(1, dimension.Size);
                }
                else
                {
                    nested.OptionalText(2, dimension.Symbol);
                }
            });
        }
    }
}
