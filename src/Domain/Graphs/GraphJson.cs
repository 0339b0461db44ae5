using System.Buffers;
using System.Text.Json;

namespace Backprop.Domain.Graphs;

/// <summary>Serializes a definition in the wire format: always the same bytes for the same definition.</summary>
public static class GraphJson
{
    /// <summary>The JSON, UTF-8, without white space.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="cancellationToken">Ends a long walk.</param>
    public static byte[] Write(GraphDefinition definition, CancellationToken cancellationToken = default)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartObject();
            WriteList(json, "inputs", definition.Inputs, WriteInput, cancellationToken);
            if (definition.Constants.Count > 0)
            {
                WriteList(json, "constants", definition.Constants, (writer, constant) => WriteConstant(writer, constant, cancellationToken),
                    cancellationToken);
            }

            WriteList(json, "nodes", definition.Nodes, WriteNode, cancellationToken);
            WriteList(json, "outputs", definition.Outputs, (writer, name) => writer.WriteStringValue(name), cancellationToken);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Only the inputs and outputs: a JSON object with these two members.</summary>
    public static byte[] WriteDeclarations(GraphDefinition definition)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartObject();
            WriteList(json, "inputs", definition.Inputs, WriteInput);
            WriteList(json, "outputs", definition.Outputs, (writer, name) => writer.WriteStringValue(name));
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteList<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write,
        CancellationToken cancellationToken = default)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            write(json, item);
        }

        json.WriteEndArray();
    }

    private static void WriteInput(Utf8JsonWriter json, InputDefinition input)
    {
        json.WriteStartObject();
        json.WriteString("name", input.Name);
        if (input.Shape is { } shape)
        {
            WriteList(json, "shape", shape, WriteDimension);
        }

        if (input.DType is { } dtype)
        {
            json.WriteString("dtype", dtype.Label());
        }

        json.WriteEndObject();
    }

    private static void WriteDimension(Utf8JsonWriter json, Dimension dimension)
    {
        if (dimension.Symbol is { } symbol)
        {
            json.WriteStringValue(symbol);
        }
        else
        {
            json.WriteNumberValue(dimension.Size);
        }
    }

    private static void WriteConstant(Utf8JsonWriter json, ConstantDefinition constant, CancellationToken cancellationToken)
    {
        json.WriteStartObject();
        json.WriteString("name", constant.Name);
        json.WritePropertyName("value");
        (Tensor value, DType? stated) = constant.Value;
        if (value.Shape.Rank == 0 && stated is null)
        {
            WriteNumber(json, value, 0);
        }
        else
        {
            json.WriteStartObject();
            WriteList(json, "shape", value.Shape.Dims.ToArray(), (writer, dim) => writer.WriteNumberValue(dim));
            if (stated is { } dtype)
            {
                json.WriteString("dtype", dtype.Label());
            }

            WriteList(json, "data", Enumerable.Range(0, value.Count), (writer, i) => WriteNumber(writer, value, i), cancellationToken);
            json.WriteEndObject();
        }

        if (constant.IsFixed)
        {
            json.WriteBoolean("fixed", true);
        }

        json.WriteEndObject();
    }

    private static void WriteNode(Utf8JsonWriter json, NodeDefinition node)
    {
        json.WriteStartObject();
        if (node.Outputs.Count == 1)
        {
            json.WriteString("name", node.Outputs[0]);
        }
        else
        {
            WriteList(json, "outputs", node.Outputs, (writer, name) => writer.WriteStringValue(name));
        }

        json.WriteString("op", node.Op);
        WriteList(json, "inputs", node.Inputs, WriteOperand);
        if (node.Attributes.Count > 0)
        {
            json.WriteStartObject("attributes");
            foreach ((string name, AttributeValue value) in node.Attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                json.WritePropertyName(name);
                WriteAttribute(json, value);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteOperand(Utf8JsonWriter json, Operand operand)
    {
        if (operand.Number is { } number)
        {
            WriteNumber(json, number.Value, 0);
        }
        else
        {
            json.WriteStringValue(operand.Name ?? string.Empty);
        }
    }

    private static void WriteAttribute(Utf8JsonWriter json, AttributeValue value)
    {
        int count = value.Numbers?.Value.Count ?? value.Texts!.Count;
        if (value.IsList)
        {
            json.WriteStartArray();
        }

        for (int i = 0; i < count; i++)
        {
            if (value.Numbers is { } numbers)
            {
                WriteNumber(json, numbers.Value, i);
            }
            else
            {
                json.WriteStringValue(value.Texts![i]);
            }
        }

        if (value.IsList)
        {
            json.WriteEndArray();
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, Tensor value, int position)
    {
        switch (value.DType)
        {
            case DType.Int64: json.WriteNumberValue(value.Values<long>()[position]); break;
            case DType.Bool: json.WriteBooleanValue(value.Values<bool>()[position]); break;
            case DType.Float32 when float.IsFinite(value.Values<float>()[position]): json.WriteNumberValue(value.Values<float>()[position]); break;
            case DType.Float64 when double.IsFinite(value[position]): json.WriteNumberValue(value[position]); break;
            default: json.WriteStringValue(double.IsNaN(value[position]) ? "NaN" : value[position] > 0 ? "Infinity" : "-Infinity"); break;
        }
    }
}
