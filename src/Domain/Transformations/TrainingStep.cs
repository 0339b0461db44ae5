using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Transformations;

/// <summary>An optimizer of ONNX's ai.onnx.preview.training, and the values that it keeps for each parameter from step to step.</summary>
/// <param name="Operator">The operator.</param>
/// <param name="States">The names of these values in the operator's documentation, in lower case: v for averages of the gradient, h for those of its
/// square.</param>
public sealed record TrainingOptimizer(string Operator, IReadOnlyList<string> States)
{
    /// <summary>Kingma and Ba, Adam (2015), algorithm 1.</summary>
    public static TrainingOptimizer Adam { get; } = new("Adam", ["v", "h"]);

    /// <summary>Duchi, Hazan and Singer, Adaptive Subgradient Methods (2011), figure 1.</summary>
    public static TrainingOptimizer Adagrad { get; } = new("Adagrad", ["h"]);

    /// <summary>
    /// Stochastic gradient descent with a momentum of 0.9 (Sutskever et al., On the importance of initialization and momentum, 2013), as in PyTorch.
    /// </summary>
    public static TrainingOptimizer Momentum { get; } = new("Momentum", ["v"])
    {
        Attributes = new Dictionary<string, AttributeValue> { ["alpha"] = 0.9, ["beta"] = 1.0, ["mode"] = "standard", ["norm_coefficient"] = 0.0 },
    };

    /// <summary>The attributes that differ from the operator's defaults.</summary>
    public IReadOnlyDictionary<string, AttributeValue> Attributes { get; private init; } = NodeDefinition.NoAttributes;
}

/// <summary>
/// A whole training step as a graph: value, gradients and the optimizer's update. It has the inputs of the graph and, for each parameter <c>p</c>,
/// the input <c>p</c> (a constant becomes one) and the optimizer's states <c>p/v</c>, <c>p/h</c>; the learning rate <c>learning_rate</c>; and the
/// number of previous steps, <c>step</c> (int64). Its outputs are the loss and, for each parameter, <c>new/p</c>, <c>new/p/v</c>, <c>new/p/h</c>.
/// </summary>
public static class TrainingStep
{
    /// <summary>The graph of a step.</summary>
    /// <param name="graph">The graph of the loss.</param>
    /// <param name="loss">The output to minimize, of one element.</param>
    /// <param name="parameters">Float inputs and constants of the graph.</param>
    /// <param name="optimizer">How the parameters are updated.</param>
    /// <param name="cancellationToken">Ends a long walk.</param>
    /// <exception cref="GraphException">A name that the step needs is already taken.</exception>
    public static GraphDefinition Of(
        GraphDefinition graph, string loss, IReadOnlyList<string> parameters, TrainingOptimizer optimizer,
            CancellationToken cancellationToken = default)
    {
        InputDefinition[] moved = Declared(graph, parameters, cancellationToken);
        HashSet<string> inputs = [.. graph.Inputs.Select(input => input.Name)], taken = [.. parameters];
        InputDefinition[] states = [.. optimizer.States.SelectMany(state =>
            moved.Select(parameter => parameter with { Name = $"{parameter.Name}/{state}" }))];
        NodeDefinition gradient = GradientGraph.Operator(loss, parameters);
        InputDefinition[] clock = [new InputDefinition("learning_rate", moved.FirstOrDefault()?.DType, []),
            new InputDefinition("step", DType.Int64, [])];
        string[] updated = [.. parameters.Concat(states.Select(state => state.Name)).Select(name => $"new/{name}")];
        var step = new GraphDefinition(
            [.. graph.Inputs, .. moved.Where(parameter => !inputs.Contains(parameter.Name)), .. states, .. clock],
            [.. graph.Constants.Where(constant => !taken.Contains(constant.Name))],
            [.. graph.Nodes, gradient,
                Update(optimizer, [.. clock.Concat(moved).Select(input => input.Name), .. gradient.Outputs, .. states.Select(state => state.Name)],
                updated)],
            [loss, .. updated]);
        RequireFreeNames(step, cancellationToken);
        return step;
    }

    // Inputs unchanged, constants as inputs of their type.
    private static InputDefinition[] Declared(GraphDefinition graph, IReadOnlyList<string> parameters, CancellationToken cancellationToken)
    {
        Dictionary<string, InputDefinition> inputs = graph.Inputs.ToDictionary(input => input.Name, StringComparer.Ordinal);
        Dictionary<string, Literal> constants = graph.Constants.ToDictionary(constant => constant.Name, constant => constant.Value,
            StringComparer.Ordinal);
        return [.. parameters.Select(name =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return inputs.TryGetValue(name, out InputDefinition? input) ? input : AsInput(name, constants[name]);
        })];
    }

    private static InputDefinition AsInput(string name, Literal value) =>
        new(name, value.Natural, [.. value.Value.Shape.Dims.ToArray().Select(dim => new Dimension(dim))]);

    private static NodeDefinition Update(TrainingOptimizer optimizer, string[] operands, string[] updated) =>
        new(optimizer.Operator, [.. operands.Select(name => (Operand)name)], optimizer.Attributes, updated);

    private static void RequireFreeNames(GraphDefinition step, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        IEnumerable<string> names = step.Inputs.Select(input => input.Name)
            .Concat(step.Constants.Select(constant => constant.Name))
            .Concat(step.Nodes.SelectMany(node => node.Outputs.Where(output => output.Length > 0)));
        foreach (string name in names)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!seen.Add(name))
            {
                throw new GraphException("graph", $"the training step needs the name '{name}', which the graph already has");
            }
        }
    }
}
