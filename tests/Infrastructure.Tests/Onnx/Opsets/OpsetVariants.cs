using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators;
using Backprop.Infrastructure.Formats.Onnx;
using Backprop.Infrastructure.Formats.Onnx.Schema;
using Backprop.Testing.Samples;

namespace Backprop.Infrastructure.Tests.Onnx.Opsets;

/// <summary>
/// One sample as the nodes of a model, in single precision: parameters that moved between attributes and operands in either form, each number of
/// operands omitted at the end, and each number of values, including one too many.
/// </summary>
internal sealed class OpsetVariants(Sample sample)
{
    // The outputs of BatchNormalization before opset 14.
    private const int MostValues = 5;

    private static readonly string[] ElementTypeNames = ["to", "dtype", "output_datatype"];
    private readonly Operator row = sample.Row;

    public IReadOnlyDictionary<string, Tensor> Inputs { get; } = sample.Inputs.ToDictionary(input => input.Key, input => Single(input.Value.Value));

    private bool IsRecurrent => sample.Operator is "RNN" or "GRU" or "LSTM";

    /// <summary>The variants as models without an operator set.</summary>
    public IEnumerable<OnnxModel> All()
    {
        foreach (bool inAttributes in (bool[])[false, true])
        {
            (List<OnnxTensor?> operands, List<OnnxAttribute> attributes) = Placed(inAttributes);
            for (int count = operands.Count; count >= 0; count--)
            {
                foreach (int values in NumbersOfValues)
                {
                    yield return Model([.. operands.Take(count)], attributes, values);
                }
            }
        }
    }

    // The outputs of Split determine the number of parts.
    private IEnumerable<int> NumbersOfValues => row.Outputs[^1].EndsWith('*') ? [sample.Outputs.Count]
        : Enumerable.Range(1, sample.Operator == "BatchNormalization" ? MostValues : row.Outputs.Length + 1);

    private OnnxModel Model(IReadOnlyList<OnnxTensor?> operands, IReadOnlyList<OnnxAttribute> attributes, int values)
    {
        string[] outputs = [.. Enumerable.Range(0, values).Select(i => $"y{i}")];
        return new OnnxModel
        {
            IrVersion = 8,
            Graph = new OnnxGraph
            {
                Name = "variant",
                Nodes = [new OnnxNode { Operator = row.Name, Domain = OnnxDomains.Of(row), Inputs = [.. Names(operands)], Outputs = outputs, Attributes = attributes }],
                Initializers = [.. operands.OfType<OnnxTensor>().Where(operand => !Inputs.ContainsKey(operand.Name))],
                Inputs = [.. Inputs.Where(input => operands.Any(operand => operand?.Name == input.Key)).Select(input => Value(input.Key, input.Value))],
                Outputs = [.. outputs.Take(sample.Operator == "BatchNormalization" ? row.Outputs.Length : values).Select(name => new OnnxValue(name))],
            },
        };
    }

    private static IEnumerable<string> Names(IReadOnlyList<OnnxTensor?> operands) =>
        operands.Take(operands.Count - operands.Reverse().TakeWhile(operand => operand is null).Count()).Select(operand => operand?.Name ?? string.Empty);

    // Constants of static operands are attributes or initializers; the other attributes stay what they are.
    private (List<OnnxTensor?> Operands, List<OnnxAttribute> Attributes) Placed(bool inAttributes)
    {
        var operands = new List<OnnxTensor?>();
        var attributes = new List<OnnxAttribute>();
        for (int place = 0; place < sample.Arguments.Count; place++)
        {
            OnnxTensor? operand = Operand(place);
            OperandSpec spec = row.OperandAt(place);
            bool moves = inAttributes && operand is { Value: not null } && (spec.Static || spec.Optional) && !Inputs.ContainsKey(operand.Name);
            if (moves)
            {
                attributes.Add(Attribute(spec, operand!.Value!));
            }

            operands.Add(moves ? null : operand);
        }

        if (IsRecurrent && !sample.Attributes.ContainsKey("hidden_size"))
        {
            attributes.Add(OnnxAttribute.Of("hidden_size", sample.ShapeOf(2)[2]));
        }

        foreach ((string name, AttributeValue value) in sample.Attributes)
        {
            Place(name, value, inAttributes, operands, attributes);
        }

        return (operands, attributes);
    }

    private void Place(string name, AttributeValue value, bool inAttributes, List<OnnxTensor?> operands, List<OnnxAttribute> attributes)
    {
        int place = row.Operands.ToList().FindIndex(spec => spec.Name == name || (spec.Name == "constant_value" && name == "value"));
        if (place < 0 || inAttributes)
        {
            attributes.Add(Attribute(name, value));
            return;
        }

        while (operands.Count <= place)
        {
            operands.Add(null);
        }

        Tensor numbers = row.Operands[place].Kind == OperandKind.Integer ? value.Numbers!.As(DType.Int64) : Single(value.Numbers!.Value);
        operands[place] = OnnxTensor.Of(name, row.Operands[place].Scalar || !value.IsList ? numbers.Reshaped(Shape.Scalar) : numbers);
    }

    private OnnxTensor? Operand(int place)
    {
        Argument argument = sample.Arguments[place];
        if (argument.Input is { } input)
        {
            return OnnxTensor.Of($"x{place}", Single(input));
        }

        Literal? literal = argument.Constant ?? argument.Number;
        return literal is null ? null : OnnxTensor.Of($"x{place}", Typed(literal, row.OperandAt(place))) is var tensor && IsRecurrent && tensor.Value!.DType == DType.Int64 ? tensor with { Type = OnnxElementType.Int32 } : tensor;
    }

    private Tensor Typed(Literal literal, OperandSpec spec) => spec.Kind switch
    {
        OperandKind.Integer => literal.As(DType.Int64),
        _ when literal.Natural is { } stated => Single(literal.As(stated)),
        _ when Inputs.Values.FirstOrDefault() is { DType: DType.Int64 } && spec.Kind != OperandKind.Float => literal.As(DType.Int64),
        _ => literal.As(DType.Float32),
    };

    private OnnxAttribute Attribute(string name, AttributeValue value)
    {
        AttributeValue normal = row.Attributes.FirstOrDefault(spec => spec.Name == name)?.Normal(value) ?? value;
        if (normal.Texts is { } texts)
        {
            return normal.IsList ? OnnxAttribute.Of(name, texts) : OnnxAttribute.Of(name, texts[0]);
        }

        Tensor numbers = normal.Numbers!.Value;
        if (numbers.DType == DType.Int64)
        {
            long[] whole = numbers.ToIntegers();
            return normal.IsList ? OnnxAttribute.Of(name, whole) : OnnxAttribute.Of(name, ElementTypeNames.Contains(name) && whole[0] == 11 ? 1 : whole[0]);
        }

        float[] singles = [.. Enumerable.Range(0, numbers.Count).Select(i => (float)numbers[i])];
        return normal.IsList ? OnnxAttribute.Of(name, singles) : OnnxAttribute.Of(name, singles[0]);
    }

    private static OnnxAttribute Attribute(OperandSpec spec, Tensor value)
    {
        string name = spec.Name == "constant_value" ? "value" : spec.Name;
        if (value.DType == DType.Int64)
        {
            return spec.Scalar ? OnnxAttribute.Of(name, value.ToIntegers()[0]) : OnnxAttribute.Of(name, value.ToIntegers());
        }

        float[] singles = [.. Enumerable.Range(0, value.Count).Select(i => (float)value[i])];
        return value.Shape.Rank == 0 ? OnnxAttribute.Of(name, singles[0]) : OnnxAttribute.Of(name, singles);
    }

    // The lengths of sequences have 32 bits.
    private OnnxValue Value(string name, Tensor value) =>
        new(name, IsRecurrent && value.DType == DType.Int64 ? OnnxElementType.Int32 : ElementTypes.Of(value.DType), [.. value.Shape.Dims.ToArray().Select(dim => new Dimension(dim))]);

    private static Tensor Single(Tensor value) => value.DType == DType.Float64 ? new Literal(value).As(DType.Float32) : value;
}
