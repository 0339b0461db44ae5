using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators;
using Backprop.Domain.Suggestions;

namespace Backprop.Domain.Graphs.Binding;

/// <summary>
/// A node in normal form, however it was written: its operator found, attributes checked and defaults filled in. What ONNX has as an operand in some
/// versions and as an attribute in others has one form here: a static operand is an attribute, any other a literal operand.
/// </summary>
/// <param name="Operator">The operator's definition.</param>
/// <param name="Inputs">The operands.</param>
/// <param name="Attributes">Every attribute that is given or has a default.</param>
public sealed record NormalizedNode(Operator Operator, IReadOnlyList<Operand> Inputs, IReadOnlyDictionary<string, AttributeValue> Attributes)
{
    // What NumPy and PyTorch call attributes of ONNX.
    private static readonly Dictionary<string, string[]> AttributeSynonyms = new()
    {
        ["dim"] = ["axis", "axes", "perm"],
        ["dims"] = ["axes", "shape", "perm"],
        ["axis"] = ["axes"],
        ["axes"] = ["axis", "perm"],
        ["negativeslope"] = ["alpha"],
        ["eps"] = ["epsilon"],
        ["padding"] = ["pads"],
        ["kernelsize"] = ["kernel_shape"],
        ["dtype"] = ["to"],
        ["groups"] = ["group"],
    };

    /// <summary>The normal form of the node at an index of the submitted list.</summary>
    /// <param name="node">The node.</param>
    /// <param name="index">Its index, for messages.</param>
    /// <param name="constants">The constants by name: a static operand that is one becomes an attribute.</param>
    /// <exception cref="GraphException">The operator is unknown, or an attribute or the number of operands is wrong.</exception>
    public static NormalizedNode Of(NodeDefinition node, int index, IReadOnlyDictionary<string, Literal> constants)
    {
        Operator row = OperatorTable.Find(node.Op) ?? throw Unknown(node, index);
        bool trailing = node.Inputs.Count > 0 && node.Inputs[^1].IsOmitted;
        if (row.Attributes.IsEmpty && node.Attributes.Count == 0 && !trailing && !row.Operands.Any(spec => spec.Static))
        {
            RequireCounts(row, node.Inputs, node, index);
            return new NormalizedNode(row, node.Inputs, NodeDefinition.NoAttributes);
        }

        var inputs = node.Inputs.ToList();
        Dictionary<string, AttributeValue> attributes = Defaults(row);
        foreach ((string name, AttributeValue value) in node.Attributes)
        {
            Assign(row, name, value, attributes, inputs, node, index);
        }

        foreach (AttributeSpec required in row.Attributes.Where(spec => spec.Required && !attributes.ContainsKey(spec.Name)))
        {
            throw new GraphException($"graph.nodes[{index}].attributes.{required.Name}", $"{row.Name} needs the attribute {required.Name}",
                node.Name);
        }

        MoveStatics(row, inputs, attributes, constants, node, index);
        RequireCounts(row, inputs, node, index);
        return new NormalizedNode(row, inputs, attributes);
    }

    /// <summary>The element type of a number at an operand index.</summary>
    /// <param name="place">The index of the operand.</param>
    /// <param name="shared">The result of <see cref="SharedType"/> for the operands.</param>
    public DType? TypeOfNumber(int place, DType? shared) => Operator.OperandAt(place).Kind switch
    {
        OperandKind.Integer => DType.Int64,
        OperandKind.Truth => DType.Bool,
        _ => shared,
    };

    /// <summary>
    /// The element type of those operands that must have the same type, otherwise of any float (the exponent of a power); null if none determines it.
    /// </summary>
    /// <param name="operands">The typed operands; null for one that is not typed.</param>
    public DType? SharedType(ReadOnlySpan<Node?> operands)
    {
        DType? neighbour = null;
        for (int other = 0; other < operands.Length; other++)
        {
            if (operands[other] is { } node)
            {
                if (Operator.OperandAt(other).Shares)
                {
                    return node.DType;
                }

                neighbour ??= node.DType.IsFloat() ? node.DType : null;
            }
        }

        return neighbour;
    }

    private static GraphException Unknown(NodeDefinition node, int index)
    {
        string hint = OperatorTable.Suggestions.Hint(node.Op, "; GET /operators lists all operators");
        return new GraphException($"graph.nodes[{index}].op", $"there is no operator '{node.Op}'{hint}", node.Name);
    }

    private static Dictionary<string, AttributeValue> Defaults(Operator row)
    {
        var attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
        foreach (AttributeSpec spec in row.Attributes)
        {
            if (spec.Default is { } value)
            {
                attributes[spec.Name] = value;
            }
        }

        return attributes;
    }

    private static void Assign(
        Operator row, string name, AttributeValue value, Dictionary<string, AttributeValue> attributes, List<Operand> inputs, NodeDefinition node,
            int index)
    {
        string path = $"graph.nodes[{index}].attributes.{name}";
        try
        {
            if (row.Attributes.FirstOrDefault(spec => spec.Name == name) is { } spec)
            {
                attributes[name] = spec.Normal(value);
                return;
            }

            int place = PlaceOf(row, name);
            if (place < 0 || value.Numbers is null)
            {
                throw new FormatException($"{row.Name} has no attribute '{name}'{AttributesOf(row).Hint(name)}");
            }

            if (place < inputs.Count && !inputs[place].IsOmitted)
            {
                throw new FormatException($"{name} is given both as an operand and as an attribute");
            }

            Put(row.Operands[place], place, value.Numbers, attributes, inputs);
        }
        catch (FormatException error)
        {
            throw new GraphException(path, error.Message, node.Name);
        }
    }

    // Pad's value was the attribute "value" before it became the operand "constant_value".
    private static int PlaceOf(Operator row, string name)
    {
        string operand = row.Name == "Pad" && name == "value" ? "constant_value" : name;
        return row.Operands.ToList().FindIndex(spec => spec.Name == operand && (spec.Static || spec.Optional));
    }

    private static NameSuggestions AttributesOf(Operator row) => new(
        row.Attributes.Select(spec => spec.Name).Concat(row.Operands.Where(spec => spec.Static).Select(spec => spec.Name)), AttributeSynonyms);

    private static void Put(OperandSpec spec, int place, Literal value, Dictionary<string, AttributeValue> attributes, List<Operand> inputs)
    {
        if (spec.Static)
        {
            attributes[spec.Name] = StaticValue(spec, value);
            return;
        }

        while (inputs.Count <= place)
        {
            inputs.Add(Operand.Omitted);
        }

        inputs[place] = value.Value.Count == 1 ? new Literal(value.Value.Reshaped(Shape.Scalar), value.Stated)
            : throw new FormatException($"{spec.Name} must be one number");
    }

    private static AttributeValue StaticValue(OperandSpec spec, Literal value)
    {
        Tensor numbers = value.As(DType.Int64);
        bool one = spec.Scalar && numbers.Count == 1;
        return new AttributeValue(new Literal(numbers.Reshaped(one ? Shape.Scalar : Shape.Of(numbers.Count))), null, !one);
    }

    private static void MoveStatics(
        Operator row, List<Operand> inputs, Dictionary<string, AttributeValue> attributes, IReadOnlyDictionary<string, Literal> constants,
            NodeDefinition node, int index)
    {
        for (int place = 0; place < Math.Min(inputs.Count, row.Operands.Length); place++)
        {
            OperandSpec spec = row.Operands[place];
            Literal? value = inputs[place].Number ?? (inputs[place].Name is { } name ? constants.GetValueOrDefault(name) : null);
            if (!spec.Static || value is null)
            {
                continue;
            }

            try
            {
                attributes[spec.Name] = StaticValue(spec, value);
                inputs[place] = Operand.Omitted;
            }
            catch (FormatException error)
            {
                throw new GraphException($"graph.nodes[{index}].inputs[{place}]", $"{spec.Name}: {error.Message}", node.Name);
            }
        }

        while (inputs.Count > 0 && inputs[^1].IsOmitted)
        {
            inputs.RemoveAt(inputs.Count - 1);
        }
    }

    private static void RequireCounts(Operator row, IReadOnlyList<Operand> inputs, NodeDefinition node, int index)
    {
        int given = inputs.Count;
        bool outputsFit = row.Outputs[^1].EndsWith('*') || node.Outputs.Count <= row.Outputs.Length;
        if (given < row.MinOperands || given > row.MaxOperands)
        {
            string expected = row.MaxOperands == int.MaxValue ? $"at least {row.MinOperands}"
                : row.MinOperands == row.MaxOperands ? $"{row.MinOperands}" : $"{row.MinOperands} to {row.MaxOperands}";
            throw new GraphException($"graph.nodes[{index}].inputs", $"{row.Name} takes {expected} operands, {given} are given", node.Name);
        }

        if (!outputsFit)
        {
            throw new GraphException($"graph.nodes[{index}].outputs", $"{row.Name} makes {row.Outputs.Length} values, {node.Outputs.Count} are named",
                node.Name);
        }
    }
}
