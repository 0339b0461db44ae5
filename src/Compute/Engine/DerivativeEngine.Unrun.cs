using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Transformations;

namespace Backprop.Compute.Engine;

/// <content>What can be derived from graphs without running them.</content>
public sealed partial class DerivativeEngine
{
    /// <summary>A graph with the types of its declarations.</summary>
    /// <param name="definition">The graph.</param>
    /// <param name="dimensions">Extents for symbolic dimensions.</param>
    /// <param name="cancellationToken">Ends a long walk.</param>
    /// <exception cref="GraphException">The graph does not fit, a symbolic dimension is not bound, or a shape depends on a value.</exception>
    public BoundGraph Typed(GraphDefinition definition, IReadOnlyDictionary<string, int> dimensions, CancellationToken cancellationToken)
    {
        var options = new BindingOptions
        {
            Evaluator = HostExecutor.Evaluate,
            MaxElements = limits.MaxElements,
            MaxNodes = limits.MaxNodes,
            HasValues = false,
            Dimensions = dimensions,
        };
        BoundInputs inputs = InputBinder.Bind(definition, new Dictionary<string, Literal>(), options, cancellationToken);
        return GraphBinder.Bind(TopologicalOrder.Of(definition, cancellationToken), inputs, options, cancellationToken);
    }

    /// <summary>The derivative of a graph as a graph, with the types of its declarations.</summary>
    /// <param name="definition">The graph.</param>
    /// <param name="output">The output, or null for the only one.</param>
    /// <param name="wrt">The inputs to differentiate with respect to, or null for every float input.</param>
    /// <param name="dimensions">Extents for symbolic dimensions.</param>
    /// <param name="cancellationToken">Ends a long walk.</param>
    /// <exception cref="GraphException">The graph or the names do not fit, or a symbolic dimension is not bound.</exception>
    public GraphDefinition GradientGraph(
        GraphDefinition definition, string? output, IReadOnlyList<string>? wrt, IReadOnlyDictionary<string, int> dimensions,
            CancellationToken cancellationToken)
    {
        BoundGraph bound = Typed(definition, dimensions, cancellationToken);
        string name = ElementSelection.Output(definition, output);
        ElementSelection.Differentiable(bound, name);
        return Domain.Transformations.GradientGraph.Of(bound, name, ElementSelection.Wrt(bound, wrt), HostExecutor.Evaluate, cancellationToken);
    }

    /// <summary>The same as the graph followed by ONNX's Gradient operator, not expanded.</summary>
    /// <inheritdoc cref="GradientGraph"/>
    public GraphDefinition GradientOperator(
        GraphDefinition definition, string? output, IReadOnlyList<string>? wrt, IReadOnlyDictionary<string, int> dimensions,
            CancellationToken cancellationToken)
    {
        (string name, IReadOnlyList<string> sources) = Loss(definition, output, wrt, dimensions, cancellationToken);
        return Domain.Transformations.GradientGraph.Unexpanded(definition, name, sources);
    }

    /// <summary>A training step as a graph.</summary>
    /// <param name="definition">The graph of the loss.</param>
    /// <param name="output">The loss, of one element, or null for the only output.</param>
    /// <param name="wrt">The parameters, or null for every float input; "*" for every float input and constant.</param>
    /// <param name="optimizer">How the parameters are updated.</param>
    /// <param name="dimensions">Extents for symbolic dimensions.</param>
    /// <param name="cancellationToken">Ends a long walk.</param>
    /// <exception cref="GraphException">The graph or the names do not fit, or a symbolic dimension is not bound.</exception>
    public GraphDefinition TrainingStep(
        GraphDefinition definition,
        string? output,
        IReadOnlyList<string>? wrt,
        TrainingOptimizer optimizer,
        IReadOnlyDictionary<string, int> dimensions,
        CancellationToken cancellationToken)
    {
        (string loss, IReadOnlyList<string> parameters) = Loss(definition, output, wrt, dimensions, cancellationToken);
        return Domain.Transformations.TrainingStep.Of(definition, loss, parameters, optimizer, cancellationToken);
    }

    /// <summary>The types of a graph's outputs according to its declarations, in their order.</summary>
    /// <param name="definition">The graph.</param>
    /// <param name="dimensions">Extents for symbolic dimensions.</param>
    /// <param name="cancellationToken">Ends a long walk.</param>
    /// <exception cref="GraphException">The graph does not fit, a symbolic dimension is not bound, or a shape depends on a value.</exception>
    public IReadOnlyList<TensorType> OutputTypes(GraphDefinition definition, IReadOnlyDictionary<string, int> dimensions,
        CancellationToken cancellationToken)
    {
        BoundGraph bound = Typed(definition, dimensions, cancellationToken);
        return [.. definition.Outputs.Select(name => bound.Output(name).Type)];
    }

    /// <summary>
    /// The plan for a query as a run would make it, for inspection: typed by the submitted values, or by the declarations if there are none. It may
    /// exceed the limits of a run.
    /// </summary>
    /// <param name="submission">The graph, with all values or none.</param>
    /// <param name="query">What is asked of it.</param>
    /// <param name="points">The number of points of the batch, used if there are no values.</param>
    /// <param name="dimensions">Extents for symbolic dimensions that no values bind.</param>
    /// <param name="cancellationToken">Ends a long walk.</param>
    /// <exception cref="GraphException">The graph or the query does not fit, or a symbolic dimension is not bound.</exception>
    public CompiledQuery PlanOf(
        ComputationRequest submission, DerivativeQuery query, int? points, IReadOnlyDictionary<string, int> dimensions,
            CancellationToken cancellationToken)
    {
        BindingOptions options = Options(submission, query) with { HasValues = submission.Inputs.Count > 0, Dimensions = dimensions };
        BoundInputs inputs = InputBinder.Bind(submission.Definition, submission.Inputs, options, cancellationToken);
        inputs = inputs with { BatchSize = inputs.BatchSize ?? (submission.Batch.Count > 0 ? points : null) };
        return Guarded(submission, () => Compile(submission, query, inputs, options, cancellationToken, willRun: false));
    }

    // Gradient differentiates a single number: of several elements it would take the sum.
    private (string Loss, IReadOnlyList<string> Wrt) Loss(
        GraphDefinition definition, string? output, IReadOnlyList<string>? wrt, IReadOnlyDictionary<string, int> dimensions,
            CancellationToken cancellationToken)
    {
        BoundGraph bound = Typed(definition, dimensions, cancellationToken);
        string name = ElementSelection.Output(definition, output);
        Node loss = ElementSelection.Differentiable(bound, name);
        return loss.Type.Count == 1
            ? (name, ElementSelection.Wrt(bound, wrt))
            : throw new GraphException("output", $"the output '{name}' is {loss.Type}; one element is needed, such as a loss", name);
    }
}
