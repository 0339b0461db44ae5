using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Transformations;

namespace Backprop.Domain.Practice.Grading.Exercises;

/// <summary>A program over named tensors: its values, and their gradients by reverse mode.</summary>
/// <param name="definition">The program.</param>
internal sealed class TensorProgram(GraphDefinition definition)
{
    private const long MaxElements = 1 << 13;
    private const long MaxNodes = 4000;
    private readonly TopologicalOrder order = TopologicalOrder.Of(definition);

    /// <summary>The program.</summary>
    public GraphDefinition Definition => definition;

    /// <summary>The name of the last statement.</summary>
    public string Result => definition.Outputs[^1];

    /// <summary>The names that statements define; generated names contain a dot.</summary>
    public IReadOnlyList<string> Names { get; } = [.. definition.Nodes.SelectMany(node => node.Outputs).Where(IsWritten)];

    /// <summary>Whether a name was written rather than generated.</summary>
    public static bool IsWritten(string name) => name.Length > 0 && !name.Contains('.');

    /// <summary>The values of some names.</summary>
    /// <param name="known">The values of the inputs, and any others.</param>
    /// <param name="names">The names.</param>
    /// <param name="meter">Evaluates nodes.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="GraphException">Shapes or types do not fit, or a limit is exceeded; the message names the place.</exception>
    public IReadOnlyDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> known, IReadOnlyList<string> names, WorkMeter meter,
        CancellationToken cancellationToken = default) => Placed(() =>
    {
        BoundGraph bound = Bind(known, meter, cancellationToken);
        return Evaluated(bound, [.. names.Select(name => new NamedNode(name, bound.Values[name]))], meter, cancellationToken);
    });

    /// <summary>The vector-Jacobian products of the program.</summary>
    /// <param name="known">The values of the inputs, and any others.</param>
    /// <param name="cotangents">The upstream gradients by output; none if the result is a loss of one element.</param>
    /// <param name="wrt">The inputs or values with respect to which it is differentiated.</param>
    /// <param name="meter">Evaluates nodes.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="GraphException">Shapes or types do not fit, or there is no such gradient.</exception>
    public IReadOnlyDictionary<string, Tensor> Gradients(IReadOnlyDictionary<string, Tensor> known, IReadOnlyDictionary<string, Tensor> cotangents,
        IReadOnlyCollection<string> wrt, WorkMeter meter, CancellationToken cancellationToken = default) => Placed(() =>
    {
        BoundGraph bound = Bind(known, meter, cancellationToken);
        GraphBuilder b = bound.Builder;
        Dictionary<Node, Node> seeds = cotangents.ToDictionary(pair => bound.Values[pair.Key], pair => b.Constant(pair.Value));
        if (seeds.Count == 0)
        {
            Node loss = bound.Values[Result];
            seeds[loss] = loss.Type.Count == 1 && loss.DType.IsFloat()
                ? b.Full(loss.Type, 1)
                : throw new GraphException("graph.outputs", $"the result {Result} is {loss.Type}, expected one float", Result);
        }

        string[] names = [.. wrt];
        Node[] targets = Array.ConvertAll(names, name => bound.Values.TryGetValue(name, out Node? value) ? value
            : throw new GraphException("graph", $"the program does not use '{name}'"));
        Node[] nodes = [.. new Graph(bound.Graph.Inputs, [.. seeds.Keys.Select(node => new NamedNode("", node))], cancellationToken).Nodes];
        Node?[] gradients = ReverseMode.Pullback(b, nodes, seeds, targets, cancellationToken);
        return Evaluated(bound, [.. names.Select((name, i) => new NamedNode(name, gradients[i] ?? b.Full(targets[i].Type, 0)))], meter,
            cancellationToken);
    });

    private BoundGraph Bind(IReadOnlyDictionary<string, Tensor> known, WorkMeter meter, CancellationToken cancellationToken)
    {
        var options = new BindingOptions { Evaluator = meter.Evaluate, MaxElements = MaxElements, MaxNodes = MaxNodes };
        Dictionary<string, Literal> inputs = definition.Inputs.ToDictionary(
            input => input.Name, input => new Literal(known[input.Name], known[input.Name].DType), StringComparer.Ordinal);
        return GraphBinder.Bind(order, InputBinder.Bind(definition, inputs, options, cancellationToken), options, cancellationToken);
    }

    private static Dictionary<string, Tensor> Evaluated(BoundGraph bound, NamedNode[] results, WorkMeter meter, CancellationToken cancellationToken)
    {
        var values = new Dictionary<Node, Tensor>();
        for (int i = 0; i < bound.Inputs.Tensors.Count; i++)
        {
            values[bound.Graph.Inputs[i]] = bound.Inputs.Tensors[i];
        }

        foreach (Node node in new Graph(bound.Graph.Inputs, results, cancellationToken).Nodes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!values.ContainsKey(node))
            {
                values[node] = meter.Evaluate(node, Array.ConvertAll(node.Inputs, input => values[input]), cancellationToken);
            }
        }

        return results.ToDictionary(result => result.Name, result => values[result.Node], StringComparer.Ordinal);
    }

    // Errors name the part of the text that they concern.
    private T Placed<T>(Func<T> run)
    {
        try
        {
            return run();
        }
        catch (GraphException error) when (error.Place is null && ExpressionPlaces.Of(error, definition) is { } place)
        {
            throw ExpressionPlaces.Placed(error, place);
        }
        catch (InvalidOperandException error)
        {
            throw new GraphException("graph", error.Message);
        }
        catch (LimitException error)
        {
            throw new GraphException("graph", error.Message);
        }
    }
}
