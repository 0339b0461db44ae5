using Backprop.Compute.Compilation;
using Backprop.Compute.Engine;
using Backprop.Compute.Engine.Checkpoints;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Transformations.Checkpointing;

namespace Backprop.Testing.Running;

/// <summary>The engine that all tests share, and runs of graphs without it.</summary>
internal static class Engine
{
    private static readonly HostExecutor Executor = new(new BufferPool(1 << 26));
    private static readonly DerivativeEngine Instance = new(Executor, new EngineLimits());

    public static Execution Run(
        GraphDefinition graph, IReadOnlyDictionary<string, Literal> inputs, DerivativeQuery query, DType dtype = DType.Float64, params string[] batch) =>
        Instance.Run(Request(graph, inputs, dtype, batch), query, CancellationToken.None);

    /// <summary>The run of a query, and what is known without running it.</summary>
    public static (Execution Execution, TMetadata Metadata) Describe<TMetadata>(
        GraphDefinition graph, IReadOnlyDictionary<string, Literal> inputs, DerivativeQuery<TMetadata> query, DType dtype = DType.Float64, params string[] batch) =>
        Instance.Run(Request(graph, inputs, dtype, batch), query, CancellationToken.None);

    public static SurveyedGraph Survey(
        GraphDefinition graph, IReadOnlyDictionary<string, Literal> inputs, Func<CheckpointStrategy, DerivativeQuery> query, long? checkpoints, long? budget) =>
        new CheckpointSurvey(Instance, Request(graph, inputs, DType.Float64, []), query, CancellationToken.None).Run(checkpoints, budget);

    /// <summary>The plan for a query, as a function of the values of the graph's float inputs and what the query adds.</summary>
    public static Func<Tensor[], Tensor[]> Compile(GraphDefinition graph, IReadOnlyDictionary<string, Literal> inputs, DerivativeQuery query)
    {
        Plan plan = Run(graph, inputs, query).Query.Plan;
        return values => Executor.Run(plan, values);
    }

    // As requests come: ordered and normalised once, by the canonical form.
    private static ComputationRequest Request(GraphDefinition graph, IReadOnlyDictionary<string, Literal> inputs, DType dtype, string[] batch)
    {
        var form = CanonicalForm.Of(graph);
        return new ComputationRequest(graph, form.Id, inputs, dtype, batch) { Order = form.Source };
    }

    public static BoundGraph Bind(GraphDefinition graph, IReadOnlyDictionary<string, Literal> inputs, DType dtype = DType.Float64)
    {
        var options = new BindingOptions { Evaluator = HostExecutor.Evaluate, DefaultDType = dtype };
        return GraphBinder.Bind(TopologicalOrder.Of(graph), InputBinder.Bind(graph, inputs, options), options);
    }

    /// <summary>The outputs, computed node by node.</summary>
    public static Tensor[] Interpret(Graph graph, IReadOnlyList<Tensor> inputs)
    {
        var values = new Dictionary<Node, Tensor>();
        HostExecutor.Interpret(graph, inputs, (node, value, _) => values[node] = value);
        return [.. graph.Outputs.Select(output => values[output.Node])];
    }

    /// <summary>The outputs, computed by a plan.</summary>
    public static Tensor[] RunPlan(Graph graph, IReadOnlyList<Tensor> inputs) => Executor.Run(HostExecutor.Compile(graph), inputs);
}
