using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Suggestions;

namespace Backprop.Compute.Engine;

/// <summary>Which outputs are differentiated, and with respect to what.</summary>
internal static class ElementSelection
{
    // The most names that a message lists.
    private const int MostTold = 10;

    /// <summary>The output of that name, or the only one.</summary>
    public static string Output(GraphDefinition graph, string? name)
    {
        if (name is not null)
        {
            return graph.Outputs.Contains(name)
                ? name
                : throw new GraphException("output", NoOutput(graph, name));
        }

        return graph.Outputs.Count == 1
            ? graph.Outputs[0]
            : throw new GraphException("output", $"the graph has several outputs ({Told(graph.Outputs)}): say which one");
    }

    /// <summary>The outputs of those names, or all.</summary>
    public static IReadOnlyList<string> Outputs(GraphDefinition graph, IReadOnlyList<string>? names)
    {
        HashSet<string> known = [.. graph.Outputs];
        for (int i = 0; i < names?.Count; i++)
        {
            if (!known.Contains(names[i]))
            {
                throw new GraphException($"outputs[{i}]", NoOutput(graph, names[i]));
            }
        }

        DistinctNames.Require(names ?? [], "outputs");
        return names ?? graph.Outputs;
    }

    /// <summary>An output that has a derivative.</summary>
    public static Node Differentiable(BoundGraph bound, string output, string path = "output")
    {
        Node node = bound.Output(output);
        if (node.DType.IsFloat())
        {
            return node;
        }

        string op = node.Op.Name;
        string hint = node.Inputs.Length == 0 ? "" : $"; differentiate the values that {op} takes, and compute {op} from them yourself";
        throw new GraphException(path, $"the output '{output}' is {node.DType.Label()}, which has no derivative{hint}", output);
    }

    /// <summary>
    /// The values to differentiate with respect to: every float input unless they are named; "*" is every float input and every float constant that
    /// is not fixed. A static input (the scales of Resize) has no derivative: it is left out, or rejected if it is named.
    /// </summary>
    public static IReadOnlyList<string> Wrt(BoundGraph bound, IReadOnlyList<string>? names)
    {
        GraphDefinition graph = bound.Order.Definition;
        if (names is null)
        {
            return [.. graph.Inputs.Select(input => input.Name).Where(IsFloat)];
        }

        if (names is ["*"])
        {
            return [.. graph.Inputs.Select(input => input.Name)
                .Concat(graph.Constants.Where(constant => !constant.IsFixed).Select(constant => constant.Name)).Where(IsFloat)];
        }

        HashSet<string> leaves = [.. graph.Inputs.Select(input => input.Name), .. graph.Constants.Select(constant => constant.Name)];
        for (int i = 0; i < names.Count; i++)
        {
            Require(bound, leaves, names[i], $"wrt[{i}]");
        }

        DistinctNames.Require(names, "wrt");
        return names;

        bool IsFloat(string name) => bound.Values[name].DType.IsFloat() && !bound.StaticInputs.Contains(name);
    }

    /// <summary>Requires that an input decided no shape.</summary>
    /// <exception cref="GraphException">It did.</exception>
    public static void RequireFree(BoundGraph bound, string name, string path)
    {
        if (bound.StaticInputs.Contains(name))
        {
            throw new GraphException(path, $"the value of '{name}' decides a shape, so there is no derivative with respect to it");
        }
    }

    /// <summary>The message about a name that is not one of an output.</summary>
    public static string NoOutput(GraphDefinition graph, string name) =>
        $"'{name}' is not an output of the graph{new NameSuggestions(graph.Outputs).Hint(name, $"; it has {Told(graph.Outputs)}")}";

    private static string Told(IReadOnlyList<string> names) =>
        names.Count <= MostTold ? string.Join(", ", names) : $"{string.Join(", ", names.Take(MostTold))} and {names.Count - MostTold} more";

    private static void Require(BoundGraph bound, HashSet<string> leaves, string name, string path)
    {
        if (!leaves.Contains(name))
        {
            throw new GraphException(path, bound.Values.ContainsKey(name)
                ? $"'{name}' is an intermediate value; wrt names inputs and constants: {Told([.. leaves])}"
                : $"'{name}' is not an input or constant of the graph{new NameSuggestions(leaves).Hint(name, $"; it has {Told([.. leaves])}")}");
        }

        if (!bound.Values[name].DType.IsFloat())
        {
            throw new GraphException(path, $"'{name}' is {bound.Values[name].DType.Label()}, which has no gradient");
        }

        RequireFree(bound, name, path);
    }
}
