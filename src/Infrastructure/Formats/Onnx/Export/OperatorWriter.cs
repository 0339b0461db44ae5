using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators;
using Backprop.Infrastructure.Formats.Onnx.Schema;

namespace Backprop.Infrastructure.Formats.Onnx.Export;

/// <summary>Writes nodes of a definition as they are, if operator set 17 has their operator in that form.</summary>
/// <param name="bound">The graph.</param>
/// <param name="model">The model under construction.</param>
internal sealed class OperatorWriter(BoundGraph bound, ModelAssembly model)
{
    private readonly Dictionary<string, Literal> constants =
        bound.Order.Definition.Constants.ToDictionary(constant => constant.Name, constant => constant.Value, StringComparer.Ordinal);

    /// <summary>Writes a node; false if it must be written as its definition.</summary>
    public bool TryWrite(NodeDefinition node, int place)
    {
        NormalizedNode form = NormalizedNode.Of(node, place, constants);
        if (StandardOperator.Find(form.Operator.Name) is not { } standard || !standard.Holds(form, node.Outputs.Count, Type)
            || Attributes(form, standard, IsDouble(node)) is not { } attributes)
        {
            return false;
        }

        var inputs = new List<string>();
        int places = Math.Max(form.Inputs.Count, Statics(form, standard));
        DType? shared = form.SharedType([.. form.Inputs.Select(operand => string.IsNullOrEmpty(operand.Name) ? null : bound.Values[operand.Name])]);
        for (int i = 0; i < places; i++)
        {
            model.Cancellation.ThrowIfCancellationRequested();
            inputs.Add(Input(form, standard, i, shared));
        }

        while (inputs.Count > 0 && inputs[^1].Length == 0)
        {
            inputs.RemoveAt(inputs.Count - 1);
        }

        if (RecurrentWriter.Is(form.Operator))
        {
            new RecurrentWriter(model).Complete(inputs, attributes, Type(form.Inputs[2])!.Value.Shape[^1]);
        }

        model.Add(form.Operator.Name, inputs, Outputs(node, form), attributes, standard.Domain);
        foreach (string output in node.Outputs.Where(output => output.Length > 0))
        {
            model.Name(bound.Values[output], output);
        }

        return true;
    }

    private bool IsDouble(NodeDefinition node) => node.Outputs.Any(output => output.Length > 0 && bound.Values[output].DType == DType.Float64);

    // Most outputs must be declared whether they are used or not.
    private string[] Outputs(NodeDefinition node, NormalizedNode form)
    {
        int wanted = form.Operator.Name == "TopK" ? 2 : node.Outputs.Count;
        return [.. Enumerable.Range(0, wanted)
            .Select(i => i < node.Outputs.Count && node.Outputs[i].Length > 0 ? node.Outputs[i] : model.FreshName(node.Name))];
    }

    private TensorType? Type(Operand operand) => string.IsNullOrEmpty(operand.Name) ? null : bound.Values[operand.Name].Type;

    // Null if a number has more digits than an attribute can store.
    private static List<OnnxAttribute>? Attributes(NormalizedNode form, StandardOperator standard, bool isDouble)
    {
        var attributes = new List<OnnxAttribute>();
        foreach (string name in standard.Attributes)
        {
            if (!form.Attributes.TryGetValue(name, out AttributeValue? value))
            {
                continue;
            }

            if (AttributeWriter.Exact(name, value, isDouble) is not { } attribute)
            {
                return null;
            }

            attributes.Add(attribute);
        }

        return attributes;
    }

    // The number of operands needed for the static operands that set 17 takes as operands.
    private static int Statics(NormalizedNode form, StandardOperator standard)
    {
        int count = 0;
        foreach ((int place, OperandSpec spec) in form.Operator.Operands.Index())
        {
            count = spec.Static && form.Attributes.ContainsKey(spec.Name) && !standard.Attributes.Contains(spec.Name) ? place + 1 : count;
        }

        return count;
    }

    private string Input(NormalizedNode form, StandardOperator standard, int place, DType? shared)
    {
        OperandSpec spec = form.Operator.OperandAt(place);
        if (spec.Static && form.Attributes.TryGetValue(spec.Name, out AttributeValue? value))
        {
            return standard.Attributes.Contains(spec.Name) ? string.Empty : model.Constant(Static(form, spec, value));
        }

        Operand operand = place < form.Inputs.Count ? form.Inputs[place] : Operand.Omitted;
        if (operand.IsOmitted)
        {
            return string.Empty;
        }

        if (operand.Number is { } number)
        {
            return model.Constant(number.As(form.TypeOfNumber(place, shared) ?? DType.Float64));
        }

        // An untyped constant is a whole number where whole numbers are required.
        bool whole = spec.Kind == OperandKind.Integer && bound.Values[operand.Name!].DType != DType.Int64;
        return whole ? model.Constant(constants[operand.Name!].As(DType.Int64)) : model.Declare(operand.Name!);
    }

    // Only TopK requires a vector for its single number.
    private static Tensor Static(NormalizedNode form, OperandSpec spec, AttributeValue value)
    {
        Tensor numbers = value.Numbers!.Value;
        return spec.Scalar && form.Operator.Name != "TopK" ? numbers.Reshaped(Shape.Scalar) : numbers.Reshaped(Shape.Of(numbers.Count));
    }
}
