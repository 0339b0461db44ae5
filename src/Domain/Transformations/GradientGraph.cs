using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Transformations;

/// <summary>The derivative of a graph as a graph that can be submitted again.</summary>
public static class GradientGraph
{
    /// <summary>
    /// The graph of the gradients of one output: its outputs are <c>d{output}/d{input}</c>, one for each of <paramref name="wrt"/>. An output of more
    /// than one element adds an input <c>seed</c> of the output's type.
    /// </summary>
    /// <param name="bound">The graph.</param>
    /// <param name="output">The output.</param>
    /// <param name="wrt">Inputs and constants of the graph.</param>
    /// <param name="evaluator">Computes constants.</param>
    /// <param name="cancellationToken">Ends a long walk.</param>
    public static GraphDefinition Of(BoundGraph bound, string output, IReadOnlyList<string> wrt, Evaluator evaluator,
        CancellationToken cancellationToken = default)
    {
        GraphBuilder b = bound.Builder;
        Node value = bound.Output(output);
        var inputs = bound.Graph.Inputs.ToList();
        Node? seed = value.Type.Count == 1 ? null : b.Input(FreeName(bound, "seed"), value.Type);
        if (seed is not null)
        {
            inputs.Add(seed);
        }

        Node[] sources = [.. wrt.Select(name => bound.Values[name])];
        var graph = new Graph(bound.Graph.Inputs, [new NamedNode(output, value)], cancellationToken);
        var cotangents = new Dictionary<Node, Node> { [value] = seed ?? b.Full(value.Type, 1) };
        Node?[] gradients = ReverseMode.Pullback(b, graph.Nodes, cotangents, sources, cancellationToken);
        NamedNode[] outputs = [.. gradients.Select((g, i) => new NamedNode($"d{output}/d{wrt[i]}", g ?? b.Full(sources[i].Type, 0)))];
        Graph simplified = Simplification.Apply(new Graph(inputs, outputs, cancellationToken), evaluator, forExecution: false, cancellationToken);
        GraphDefinition written = new DefinitionWriter(simplified, bound.Values).Write(cancellationToken);
        HashSet<string> numbers = [.. bound.Order.Definition.Constants.Where(constant => constant.IsFixed).Select(constant => constant.Name)];
        return written with { Constants = [.. written.Constants.Select(constant => constant with { IsFixed = numbers.Contains(constant.Name) })] };
    }

    /// <summary>
    /// The same as the graph followed by the operator Gradient of ai.onnx.preview.training, not expanded. The output has one element.
    /// </summary>
    public static GraphDefinition Unexpanded(GraphDefinition graph, string output, IReadOnlyList<string> wrt)
    {
        NodeDefinition gradient = Operator(output, wrt);
        return graph with { Nodes = [.. graph.Nodes, gradient], Outputs = gradient.Outputs };
    }

    /// <summary>The operator Gradient, whose values are <c>d{output}/d{input}</c>.</summary>
    internal static NodeDefinition Operator(string output, IReadOnlyList<string> wrt) => new(
        "Gradient",
        [.. wrt.Select(name => (Operand)name)],
        new Dictionary<string, AttributeValue> { ["xs"] = wrt.ToArray(), ["y"] = output },
        [.. wrt.Select(name => $"d{output}/d{name}")]);

    private static string FreeName(BoundGraph bound, string name)
    {
        string free = name;
        for (int i = 1; bound.Values.ContainsKey(free); i++)
        {
            free = $"{name}{i}";
        }

        return free;
    }
}
