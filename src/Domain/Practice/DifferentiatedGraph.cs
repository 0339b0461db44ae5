using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Transformations;

namespace Backprop.Domain.Practice;

/// <summary>A graph with one output of one element, combined with its gradient into one graph, which the evaluator runs node by node.</summary>
public sealed class DifferentiatedGraph
{
    private readonly Graph graph;
    private readonly IReadOnlyList<Tensor> given;
    private readonly Evaluator evaluator;

    private DifferentiatedGraph(Graph graph, IReadOnlyList<Tensor> given, Evaluator evaluator)
    {
        this.graph = graph;
        this.given = given;
        this.evaluator = evaluator;
    }

    /// <summary>Types a graph by the values of its inputs and differentiates it with respect to all of them.</summary>
    /// <param name="definition">The graph.</param>
    /// <param name="inputs">A value for each input.</param>
    /// <param name="evaluator">Evaluates nodes.</param>
    /// <param name="maxElements">The largest number of elements of a value in the graph.</param>
    /// <exception cref="GraphException">The graph or a value does not fit, or the output has more than one element.</exception>
    public static DifferentiatedGraph Of(
        GraphDefinition definition, IReadOnlyDictionary<string, Literal> inputs, Evaluator evaluator, long maxElements = 1 << 20)
    {
        var options = new BindingOptions { Evaluator = evaluator, MaxElements = maxElements };
        BoundInputs bound = InputBinder.Bind(definition, inputs, options);
        BoundGraph typed = GraphBinder.Bind(TopologicalOrder.Of(definition), bound, options);
        Node output = typed.Output(definition.Outputs[^1]);
        if (output.Type.Count != 1 || !output.DType.IsFloat())
        {
            throw new GraphException("graph.outputs", $"the result is {output.Type}, expected one float");
        }

        GraphBuilder b = typed.Builder;
        var cotangents = new Dictionary<Node, Node> { [output] = b.Full(output.Type, 1) };
        Node?[] gradients = ReverseMode.Pullback(b, typed.Graph.Nodes, cotangents, typed.Graph.Inputs);
        NamedNode[] results = [new("value", output),
            .. gradients.Select((g, i) => new NamedNode(definition.Inputs[i].Name, g ?? b.Full(typed.Graph.Inputs[i].Type, 0)))];
        return new DifferentiatedGraph(new Graph(typed.Graph.Inputs, results), bound.Tensors, evaluator);
    }

    /// <summary>The names of the inputs, in their order.</summary>
    public IEnumerable<string> InputNames => graph.Inputs.Select(input => input.Name!);

    /// <summary>Value and gradients for the inputs by which it was typed.</summary>
    public ValueAndGradients Run(CancellationToken cancellationToken = default) => Run(given, cancellationToken);

    /// <summary>Value and gradients for other inputs of the same types.</summary>
    public ValueAndGradients Run(IReadOnlyList<Tensor> inputs, CancellationToken cancellationToken = default)
    {
        var values = new Dictionary<Node, Tensor>();
        for (int i = 0; i < inputs.Count; i++)
        {
            values[graph.Inputs[i]] = inputs[i];
        }

        foreach (Node node in graph.Nodes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!values.ContainsKey(node))
            {
                values[node] = evaluator(node, Array.ConvertAll(node.Inputs, input => values[input]), cancellationToken);
            }
        }

        Dictionary<string, double[]> gradients = graph.Outputs.Skip(1)
            .ToDictionary(g => g.Name, g => Doubles(values[g.Node]), StringComparer.Ordinal);
        return new ValueAndGradients(Doubles(values[graph.Outputs[0].Node])[0], gradients);
    }

    private static double[] Doubles(Tensor tensor) =>
        tensor.DType == DType.Float64 ? tensor.Values<double>().ToArray() : Array.ConvertAll(tensor.Values<float>().ToArray(), x => (double)x);
}

/// <summary>Value and gradients of a graph at a point.</summary>
/// <param name="Value">Its output.</param>
/// <param name="Gradients">For each input the derivatives of the output with respect to its elements, row-major.</param>
public sealed record ValueAndGradients(double Value, IReadOnlyDictionary<string, double[]> Gradients)
{
    /// <summary>The derivative with respect to an input of one element.</summary>
    public double Of(string input) => Gradients[input][0];
}
