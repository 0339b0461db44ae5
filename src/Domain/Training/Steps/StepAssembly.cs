using Backprop.Domain.Graphs;

namespace Backprop.Domain.Training.Steps;

/// <summary>The inputs and outputs of a step's graph in the making.</summary>
/// <param name="b">Makes the nodes.</param>
internal sealed class StepAssembly(GraphBuilder b)
{
    private readonly List<(StepValue Value, Node Node)> inputs = [];
    private readonly List<(StepValue Value, Node Node)> outputs = [];

    /// <summary>Makes the nodes.</summary>
    public GraphBuilder B => b;

    /// <summary>An input that exists.</summary>
    public void Take(StepValue value, Node input) => inputs.Add((value, input));

    /// <summary>A new input.</summary>
    public Node Take(StepValue value, TensorType type, string name)
    {
        Node input = b.Input(name, type);
        Take(value, input);
        return input;
    }

    /// <summary>An output.</summary>
    public void Return(StepValue value, Node output) => outputs.Add((value, output));

    /// <summary>The graph, simplified for execution.</summary>
    public StepGraph Assembled(Evaluator evaluator, CancellationToken cancellationToken)
    {
        var graph = new Graph(
            [.. inputs.Select(input => input.Node)],
            [.. outputs.Select(output => new NamedNode($"{output.Value.Role}", output.Node))],
            cancellationToken);
        return new StepGraph(
            Transformations.Simplification.Apply(graph, evaluator, cancellationToken: cancellationToken),
            [.. inputs.Select(input => input.Value)],
            [.. outputs.Select(output => output.Value)],
            b.Draws);
    }
}
