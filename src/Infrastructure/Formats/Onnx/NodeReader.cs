using System.Runtime.InteropServices;
using Backprop.Infrastructure.Formats.Onnx.Schema;
using Backprop.Infrastructure.Formats.Onnx.Wire;

namespace Backprop.Infrastructure.Formats.Onnx;

/// <summary>Reads NodeProto and AttributeProto.</summary>
/// <param name="budget">Counts nodes and names.</param>
/// <param name="tensors">Reads the tensors among attributes.</param>
/// <param name="graphs">Reads the graphs among attributes.</param>
internal sealed class NodeReader(ModelBudget budget, TensorReader tensors, GraphReader graphs)
{
    /// <summary>Reads a node.</summary>
    /// <exception cref="WireException">It is malformed.</exception>
    public OnnxNode Node(ReadOnlySpan<byte> bytes)
    {
        budget.Node();
        (string name, string op, string domain, string overload) = (string.Empty, string.Empty, string.Empty, string.Empty);
        var inputs = new List<string>();
        var outputs = new List<string>();
        var attributes = new List<OnnxAttribute>();
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: inputs.Add(Name(ref reader)); break;
                case 2: outputs.Add(Name(ref reader)); break;
                case 3: name = reader.Text(); break;
                case 4: op = reader.Text(); break;
                case 5: attributes.Add(Attribute(reader.Bytes())); break;
                case 7: domain = reader.Text(); break;
                case 8: overload = reader.Text(); break;
                default: reader.Skip(); break;
            }
        }

        return new OnnxNode
        {
            Name = name,
            Operator = op,
            Domain = domain,
            Overload = overload,
            Inputs = inputs,
            Outputs = outputs,
            Attributes = attributes
        };
    }

    /// <summary>Reads one of several names.</summary>
    public string Name(ref WireReader reader)
    {
        budget.Parts();
        return reader.Text();
    }

    /// <summary>Reads an attribute.</summary>
    /// <exception cref="WireException">It is malformed.</exception>
    public OnnxAttribute Attribute(ReadOnlySpan<byte> bytes)
    {
        budget.Parts();
        var attribute = new OnnxAttribute(string.Empty, AttributeType.Undefined);
        var floats = new List<float>();
        var ints = new List<long>();
        var strings = new List<string>();
        AttributeType? stated = null;
        var found = AttributeType.Undefined;
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: attribute = attribute with { Name = reader.Text() }; continue;
                case 20: stated = Type(reader.Integer()); continue;
                case 21: attribute = attribute with { Reference = reader.Text() }; continue;
                case 2: (attribute, found) = (attribute with { Float = reader.Single() }, AttributeType.Float); continue;
                case 3: (attribute, found) = (attribute with { Int = reader.Integer() }, AttributeType.Int); continue;
                case 4: (attribute, found) = (attribute with { String = reader.Text() }, AttributeType.String); continue;
                case 5: (attribute, found) = (attribute with { Tensor = tensors.Read(reader.Bytes()) }, AttributeType.Tensor); continue;
                case 6: (attribute, found) = (attribute with { Graph = graphs.Read(reader.Bytes()) }, AttributeType.Graph); continue;
                case 7: found = Floats(ref reader, floats); continue;
                case 8: found = Ints(ref reader, ints); continue;
                case 9: found = Strings(ref reader, strings); continue;
                case 10 or 11 or 14 or 15 or 22 or 23: found = AttributeType.Other; break;
            }

            reader.Skip();
        }

        return attribute with { Type = stated ?? found, Floats = floats, Ints = ints, Strings = strings };
    }

    // Files of the first format state no type: it follows from the value.
    private static AttributeType? Type(long number) => number switch
    {
        0 => null,
        > 0 and <= (int)AttributeType.Strings => (AttributeType)number,
        _ => AttributeType.Other,
    };

    private AttributeType Floats(ref WireReader reader, List<float> floats)
    {
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(reader.Fixed(sizeof(float)));
        budget.Elements(values.Length);
        floats.AddRange(values);
        return AttributeType.Floats;
    }

    private AttributeType Ints(ref WireReader reader, List<long> ints)
    {
        budget.Elements(reader.CountIntegers());
        reader.Integers(value =>
        {
            budget.Check(ints.Count);
            ints.Add(value);
        });
        return AttributeType.Ints;
    }

    private AttributeType Strings(ref WireReader reader, List<string> strings)
    {
        strings.Add(Name(ref reader));
        return AttributeType.Strings;
    }
}
