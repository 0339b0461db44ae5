using Backprop.Compute.Engine;
using Backprop.Compute.Engine.Tracing;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Transformations;
using Backprop.Domain.Transformations.Checkpointing;
using Xunit;

namespace Backprop.Domain.Tests.Limits;

/// <summary>Everything that is derived from a graph before a plan.</summary>
internal static class Derivation
{
    /// <summary>Each of some graphs with each of some derivations.</summary>
    public static TheoryData<string, string> Of(IEnumerable<string> graphs, IReadOnlyList<string> names)
    {
        var data = new TheoryData<string, string>();
        foreach (string graph in graphs)
        {
            foreach (string name in names)
            {
                data.Add(graph, name);
            }
        }

        return data;
    }

    public static IReadOnlyList<string> Names { get; } =
        ["canonical form", "value", "gradient", "tangents", "cotangents", "walk-through", "Jacobian", "Hessian", "gradient graph", "training step",
            "batch", "checkpoints"];

    /// <summary>Makes one of them; graphs without a derivative are not differentiated.</summary>
    /// <param name="name">What to make.</param>
    /// <param name="definition">The graph.</param>
    /// <param name="values">Values of its inputs.</param>
    /// <param name="output">One of its outputs, of one element.</param>
    /// <param name="cancellationToken">Ends the derivation.</param>
    public static void Run(string name, GraphDefinition definition, IReadOnlyDictionary<string, Literal> values, string output,
        CancellationToken cancellationToken)
    {
        var options = new BindingOptions { Evaluator = HostExecutor.Evaluate, MarkUses = name == "walk-through" };
        if (name == "canonical form")
        {
            CanonicalForm.Of(definition, cancellationToken: cancellationToken);
            return;
        }

        BoundInputs inputs = InputBinder.Bind(definition, values, options, cancellationToken);
        BoundGraph bound = GraphBinder.Bind(TopologicalOrder.Of(definition, cancellationToken: cancellationToken), inputs, options, cancellationToken);
        string[] wrt = [.. definition.Inputs.Select(input => input.Name).Where(input => bound.Values[input].DType.IsFloat())];
        switch (name)
        {
            case "gradient graph":
                GraphJson.Write(GradientGraph.Of(bound, output, wrt, HostExecutor.Evaluate, cancellationToken), cancellationToken);
                return;
            case "training step":
                TrainingStep.Of(definition, output, wrt, TrainingOptimizer.Adam, cancellationToken);
                return;
        }

        TransformedGraph answer = Query(name, definition, output, wrt.ToDictionary(input => input, input => values[input])).Build(bound, cancellationToken);
        Node[] results = [.. answer.Results.Select(result => result.Node)];
        if (name == "batch")
        {
            Dictionary<Node, Node> batched = bound.Graph.Inputs.ToDictionary(
                input => input, input => bound.Builder.Input(input.Name!, new TensorType(input.DType, Shape.Of([2, .. input.Shape.Dims]))));
            results = Batching.Apply(bound.Builder, results, batched, 2, cancellationToken);
        }

        var graph = new Graph([.. bound.Graph.Inputs, .. answer.AuxiliaryInputs.Select(extra => extra.Input)],
            [.. results.Select((node, i) => new NamedNode($"{i}", node))], cancellationToken);
        graph = Simplification.Apply(graph, HostExecutor.Evaluate, cancellationToken: cancellationToken);
        if (name == "checkpoints")
        {
            LayerFacts.Of(Transformations.Checkpointing.Rematerialization.Apply(graph, new CheckpointStrategy.Sqrt(), [], long.MaxValue, cancellationToken).Graph,
                cancellationToken);
        }
    }

    private static DerivativeQuery Query(string name, GraphDefinition definition, string output, Dictionary<string, Literal> tangents) => name switch
    {
        "value" => Queries.Evaluation(),
        "tangents" => Queries.JacobianVectorProduct(tangents),
        "cotangents" or "batch" => Queries.VectorJacobianProduct(null, definition.Outputs.ToDictionary(each => each, _ => Literal.Of(1.0))),
        "walk-through" => Trace.Query(null, output, null),
        "Jacobian" => Queries.Jacobian(null, [output], JacobianMode.Auto),
        "Hessian" => Queries.Hessian(null, output),
        _ => Queries.Gradient(null, output, null, null),
    };
}
