using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Infrastructure.Formats.Onnx.Schema;

namespace Backprop.Infrastructure.Formats.Onnx.Import;

/// <summary>A node that has graphs: If, Loop or Scan.</summary>
/// <param name="Operator">The operator.</param>
/// <param name="Label">Its name for messages.</param>
/// <param name="Inputs">The names of its operands in the definition; empty for an omitted one.</param>
/// <param name="Outputs">The names of its values in the definition; empty for an unused one.</param>
/// <param name="Attributes">Its attributes.</param>
/// <param name="Scope">The scope of the node.</param>
internal sealed record ControlNode(
    string Operator, string Label, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, IReadOnlyList<OnnxAttribute> Attributes,
        ImportScope Scope)
{
    /// <summary>The operators.</summary>
    public static IReadOnlySet<string> Operators { get; } = new HashSet<string> { "If", "Loop", "Scan" };

    /// <summary>The graphs by the names of their attributes.</summary>
    public IReadOnlyDictionary<string, OnnxGraph> Graphs { get; } =
        Attributes.Where(attribute => attribute.Graph is not null).DistinctBy(attribute => attribute.Name)
            .ToDictionary(attribute => attribute.Name, attribute => attribute.Graph!);

    /// <summary>Whether an operand is given.</summary>
    public bool Has(int place) => place < Inputs.Count && Inputs[place].Length > 0;

    /// <summary>An operand.</summary>
    /// <exception cref="GraphException">It is missing.</exception>
    public string Required(int place) => Has(place) ? Inputs[place] : throw Refused($"operand {place + 1} is missing");

    /// <summary>A list attribute, or as many zeros.</summary>
    /// <exception cref="GraphException">It has another length.</exception>
    public long[] Numbers(string name, int count)
    {
        IReadOnlyList<long> given = Attributes.FirstOrDefault(attribute => attribute.Name == name)?.Ints ?? new long[count];
        return given.Count == count ? [.. given] : throw Refused($"{name} must have {count} elements; it has {given.Count}");
    }

    /// <summary>Emits a further node and returns the name of its value.</summary>
    public string Emit(DefinitionEmission definition, string op, IReadOnlyList<Operand> inputs,
        params (string Name, AttributeValue Value)[] attributes)
    {
        string name = definition.Fresh($"{Label}.{op}");
        definition.Add(new NodeDefinition(op, inputs, attributes.ToDictionary(pair => pair.Name, pair => pair.Value), [name]));
        return name;
    }

    /// <summary>Emits a constant and returns its name.</summary>
    public string Constant(DefinitionEmission definition, Tensor value)
    {
        string name = definition.Fresh($"{Label}.value");
        definition.Add(new ConstantDefinition(name, new Literal(value, value.DType), IsFixed: true));
        return name;
    }

    /// <summary>Gives results the names of the node's values; an empty result means none.</summary>
    /// <exception cref="GraphException">There are fewer results than values.</exception>
    public void Name(DefinitionEmission definition, IReadOnlyList<string> results)
    {
        for (int i = 0; i < Outputs.Count; i++)
        {
            if (Outputs[i].Length > 0)
            {
                string result = i < results.Count ? results[i] : throw Refused($"it has {results.Count} values; {Outputs.Count} are named");
                if (result.Length == 0)
                {
                    continue;
                }

                definition.Types.Add(Outputs[i], definition.Types.Of(result));
                definition.Add(new NodeDefinition("Identity", [result], NodeDefinition.NoAttributes, [Outputs[i]]));
            }
        }
    }

    /// <summary>Rejects the node.</summary>
    public GraphException Refused(string why) => new("onnx", $"node '{Label}' ({Operator}): {why}", Label);
}
