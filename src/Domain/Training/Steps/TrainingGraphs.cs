using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Transformations;

namespace Backprop.Domain.Training.Steps;

/// <summary>The graphs of which steps consist.</summary>
/// <param name="loss">The name of the loss.</param>
/// <param name="parameters">The names of the parameters.</param>
/// <param name="roles">What each input of the bound graph is.</param>
/// <param name="rule">From gradients to new parameters.</param>
/// <param name="evaluator">Computes constants.</param>
public sealed class TrainingGraphs(
    string loss, IReadOnlyList<string> parameters, IReadOnlyList<StepValue> roles, UpdateRule rule, Evaluator evaluator)
{
    /// <summary>The loss.</summary>
    public StepGraph Loss(BoundGraph bound, CancellationToken cancellationToken)
    {
        StepAssembly step = Begin(bound);
        return step.Assembled(evaluator, cancellationToken);
    }

    /// <summary>A whole step: forward pass, backward pass, clipping and update.</summary>
    public StepGraph Step(BoundGraph bound, CancellationToken cancellationToken)
    {
        StepAssembly step = Begin(bound);
        Node[] gradients = Gradients(bound, 1, cancellationToken);
        rule.Build(step.B, step, Parameters(bound), rule.Gradients.Zero ? gradients : Summed(step, gradients));
        return step.Assembled(evaluator, cancellationToken);
    }

    /// <summary>Loss and gradients of a micro-batch, which are added to those of others.</summary>
    /// <param name="bound">The graph for the size of the micro-batch.</param>
    /// <param name="share">The factor of the loss: 1 divided by the micro-batches of a step.</param>
    /// <param name="cancellationToken">Ends a long walk.</param>
    public StepGraph Accumulation(BoundGraph bound, double share, CancellationToken cancellationToken)
    {
        StepAssembly step = Begin(bound);
        Node[] sums = Summed(step, Gradients(bound, share, cancellationToken));
        for (int i = 0; i < sums.Length; i++)
        {
            step.Return(new StepValue(StepRole.Gradient, i), sums[i]);
        }

        return step.Assembled(evaluator, cancellationToken);
    }

    /// <summary>The update by given gradients.</summary>
    /// <param name="types">The types of the parameters.</param>
    /// <param name="cancellationToken">Ends a long walk.</param>
    public StepGraph Update(IReadOnlyList<TensorType> types, CancellationToken cancellationToken)
    {
        var step = new StepAssembly(new GraphBuilder(long.MaxValue, cancellationToken: cancellationToken));
        Node[] taken = [.. types.Select((type, i) => step.Take(new StepValue(StepRole.Parameter, i), type, parameters[i]))];
        rule.Build(step.B, step, taken, Sums(step, taken));
        return step.Assembled(evaluator, cancellationToken);
    }

    private StepAssembly Begin(BoundGraph bound)
    {
        var step = new StepAssembly(bound.Builder);
        for (int i = 0; i < roles.Count; i++)
        {
            step.Take(roles[i], bound.Graph.Inputs[i]);
        }

        for (int i = 0; i < bound.Builder.Draws.Count; i++)
        {
            step.Take(new StepValue(StepRole.Draw, i), bound.Builder.Draws[i].Input);
        }

        step.Return(new StepValue(StepRole.Loss), bound.Output(loss));
        return step;
    }

    private Node[] Parameters(BoundGraph bound) => [.. parameters.Select(name => bound.Values[name])];

    private Node[] Gradients(BoundGraph bound, double seed, CancellationToken cancellationToken)
    {
        GraphBuilder b = bound.Builder;
        Node value = bound.Output(loss);
        var graph = new Graph([], [new NamedNode(loss, value)], cancellationToken);
        var cotangents = new Dictionary<Node, Node> { [value] = b.Full(value.Type, seed) };
        Node[] sources = Parameters(bound);
        Node?[] made = ReverseMode.Pullback(b, graph.Nodes, cotangents, sources, cancellationToken);
        return [.. made.Select((gradient, i) => gradient ?? b.Full(sources[i].Type, 0))];
    }

    private Node[] Summed(StepAssembly step, Node[] gradients) =>
        [.. Sums(step, gradients).Select((sum, i) => step.B.Add(sum, gradients[i]))];

    private Node[] Sums(StepAssembly step, Node[] like) => [.. like.Select((node, i) =>
        step.Take(new StepValue(StepRole.Gradient, i), node.Type, $"{parameters[i]}/gradient"))];
}
