using System.Diagnostics;
using Backprop.Compute.Caching;
using Backprop.Compute.Compilation;
using Backprop.Compute.Devices;
using Backprop.Compute.Engine.Checkpoints;
using Backprop.Compute.Engine.Tracing;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Transformations;

namespace Backprop.Compute.Engine;

/// <summary>
/// The only path from a submitted graph to numbers: type the inputs, find or make the plan, run it. The query is given as a
/// <see cref="DerivativeQuery"/>.
/// </summary>
public sealed partial class DerivativeEngine(HostExecutor executor, EngineLimits limits, DeviceSelection? devices = null)
{
    private const int CachedPlans = 4096;

    // Measured on chains of unary functions, for the nodes of the graph, of its derivative and of the plan.
    private const long CompilingBytesPerNode = 4096;
    private readonly PlanCache<CompiledQuery> plans = new(CachedPlans, limits.CacheBytes, PlanKey.Bytes);
    private readonly PlanCache<string[]> staticInputs = new(CachedPlans, limits.CacheBytes, PlanKey.Bytes);

    /// <summary>Runs a query on a graph.</summary>
    /// <exception cref="GraphException">The graph, a value or the query does not fit.</exception>
    /// <exception cref="LimitException">It would exceed a limit.</exception>
    /// <exception cref="MemoryExhaustedException">Other requests hold too much memory at the moment.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Execution Run(ComputationRequest submission, DerivativeQuery query, CancellationToken cancellationToken)
    {
        (CompiledQuery compiled, Tensor[] inputs, double compileMs) = Prepare(submission, query, cancellationToken);
        return Guarded(submission, () => Run(compiled, inputs, cancellationToken, compileMs));
    }

    /// <summary>Runs the same query again on other values of the same types.</summary>
    /// <param name="compiled">The query.</param>
    /// <param name="inputs">The values in the plan's order.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <param name="compileMs">The milliseconds that compiling took, reported together with those of the run.</param>
    /// <exception cref="GraphException">The plan cannot run on these values.</exception>
    public Execution Run(CompiledQuery compiled, Tensor[] inputs, CancellationToken cancellationToken, double compileMs = 0)
    {
        long start = Stopwatch.GetTimestamp();
        MemoryMeter? meter = compiled.Checkpointing is null ? null : new MemoryMeter();
        Tensor[] values = Execute(compiled, inputs, cancellationToken, meter);
        double runMs = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        IReadOnlyList<NumericWarning> warnings = NonFiniteValues.AreFinite(compiled.Results, values)
            ? []
            : NonFiniteValues.Trace(compiled.Graph, inputs, cancellationToken);
        var results = new KeyedTensor[values.Length];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = new KeyedTensor(compiled.Results[i], values[i]);
        }

        return new Execution(compiled, results, warnings, new Timing(compileMs, runMs), meter?.HighestBytes);
    }

    /// <summary>Takes back the results of a run that are no longer read, so that later runs need not allocate theirs.</summary>
    public void Recycle(Execution execution)
    {
        foreach (KeyedTensor result in execution.Results)
        {
            executor.Return(result.Value);
        }
    }

    /// <summary>The same for results without an execution.</summary>
    public void Recycle(Tensor[] results) => Array.ForEach(results, executor.Return);

    /// <summary>The plan for a query and the values to run it on, in the plan's order.</summary>
    public (CompiledQuery CompiledQuery, Tensor[] Inputs, double CompileMs) Prepare(ComputationRequest submission, DerivativeQuery query,
        CancellationToken cancellationToken)
    {
        BindingOptions options = Options(submission, query);
        BoundInputs inputs = InputBinder.Bind(submission.Definition, submission.Inputs, options, cancellationToken);
        long start = Stopwatch.GetTimestamp();
        CompiledQuery compiled = Find(submission, query, inputs, options, cancellationToken, out bool cached);
        double compileMs = cached ? 0 : Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Tensor[] extras = [.. query.AuxiliaryInputs.Select((extra, i) => Typed(extra, compiled.AuxiliaryTypes[i]))];
        return (compiled, [.. inputs.Tensors, .. extras], compileMs);
    }

    /// <summary>Runs a plan. If its device was not requested, and is in use or fails, the host runs the plan instead.</summary>
    /// <exception cref="DeviceException">The requested device failed, or was in use for too long.</exception>
    public Tensor[] Execute(CompiledQuery compiled, IReadOnlyList<Tensor> inputs, CancellationToken cancellationToken, MemoryMeter? meter = null)
    {
        using MemoryReservation reserved = limits.Memory.Reserve(compiled.Plan.PeakBytes);
        if (compiled.Device is not { } device)
        {
            return executor.Run(compiled.Plan, inputs, cancellationToken, meter);
        }

        if (!device.Automatic)
        {
            return device.Device.Executor.Run(compiled.Plan, inputs, cancellationToken, meter);
        }

        try
        {
            if (device.Device.Executor.TryRun(compiled.Plan, inputs, out Tensor[]? results, cancellationToken, meter))
            {
                return results;
            }
        }
        catch (DeviceException)
        {
            // The host runs its plans, too.
        }

        return executor.Run(compiled.Plan, inputs, cancellationToken, meter);
    }

    private BindingOptions Options(ComputationRequest submission, DerivativeQuery query) => new()
    {
        Evaluator = HostExecutor.Evaluate,
        DefaultDType = submission.DType,
        Batch = submission.Batch,
        MaxElements = limits.MaxElements,
        MaxNodes = limits.MaxNodes,
        MarkUses = query.MarkUses,
        MarkConstants = query.MarkConstants,
    };

    // Which inputs are static is known only after the graph has been typed; it is cached next to the plans so that their values can be part of the
    // key.
    private CompiledQuery Find(
        ComputationRequest submission, DerivativeQuery query, BoundInputs inputs, BindingOptions options, CancellationToken cancellationToken,
            out bool cached)
    {
        string key = PlanKey.Of(submission, query, inputs);
        while (true)
        {
            try
            {
                CompiledQuery? fresh = null;
                string[] names = staticInputs.GetOrAdd(key, () => [.. (fresh = Compile()).StaticInputs], out _, cancellationToken);
                return plans.GetOrAdd(key + PlanKey.OfValues(submission, inputs, names), () => fresh ?? Compile(), out cached, cancellationToken);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // The caller that was compiling this plan has been cancelled.
            }
        }

        CompiledQuery Compile() => Guarded(submission, () => this.Compile(submission, query, inputs, options, cancellationToken));
    }

    private CompiledQuery Compile(
        ComputationRequest submission, DerivativeQuery query, BoundInputs inputs, BindingOptions options, CancellationToken cancellationToken,
            bool willRun = true)
    {
        using MemoryReservation reserved = limits.Memory.Reserve(submission.Definition.Nodes.Count * CompilingBytesPerNode);
        BoundGraph bound = GraphBinder.Bind(submission.Ordered(cancellationToken), inputs, options, cancellationToken);
        (TransformedGraph transformed, Graph graph) = Transform(bound, query, cancellationToken);
        graph = Simplification.Apply(graph, HostExecutor.Evaluate, cancellationToken: cancellationToken);
        (graph, ResultKey[] results, Node[] saved) = SavedMarks.Taken(graph, transformed, cancellationToken);
        if (willRun)
        {
            RequireWithinLimits(graph, cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        int first = bound.Graph.Inputs.Count;
        TensorType[] extras = [.. graph.Inputs.Skip(first).Select(input => input.Type)];
        ChosenDevice? device = devices?.For(submission.Device, graph);
        if (willRun && device?.Device.Kind == DeviceKind.IlgpuCpu)
        {
            RequireEmulated(graph, 1);
        }

        if (query.Checkpointing is not { } strategy)
        {
            return transformed.Describe(
                new CompiledQuery(PlanFor(device, graph, cancellationToken), graph, results, extras, Deciding(bound), null, device));
        }

        var planning = new CheckpointSelector(graph, saved, limits.MaxNodes, made => PlanFor(device, made, cancellationToken), cancellationToken);
        (Plan plan, CheckpointFacts facts) = planning.Plan(strategy);
        if (willRun)
        {
            RequireFlops(facts.Flops);
        }

        return transformed.Describe(new CompiledQuery(plan, plan.Graph, results, extras, Deciding(bound), facts, device));
    }

    private static string[] Deciding(BoundGraph bound) => [.. bound.StaticInputs.Union(bound.Order.Definition.DecidedBy)];

    private static Plan PlanFor(ChosenDevice? device, Graph graph, CancellationToken cancellationToken) =>
        device is null ? HostExecutor.Compile(graph, cancellationToken) : Plan.Compile(graph, PlanTarget.Device, cancellationToken);

    private static (TransformedGraph TransformedGraph, Graph Graph) Transform(BoundGraph bound, DerivativeQuery query,
        CancellationToken cancellationToken)
    {
        try
        {
            TransformedGraph transformed = SavedMarks.Added(bound, query.Build(bound, cancellationToken), query.Checkpointing);
            return (transformed, Batched.Apply(bound, transformed, cancellationToken));
        }
        catch (InvalidOperandException error)
        {
            throw new GraphException(string.Empty, $"the answer: {error.Message}");
        }
    }

    private static Tensor Typed(AuxiliaryInput extra, TensorType type)
    {
        Tensor tensor;
        try
        {
            tensor = extra.Value.As(type.DType);
        }
        catch (FormatException error)
        {
            throw new GraphException(extra.Path, error.Message);
        }

        return tensor.Shape.Equals(type.Shape)
            ? tensor
            : throw new GraphException(extra.Path, $"the value has shape {tensor.Shape}, expected {type.Shape}");
    }

    // The plan may have been made from another spelling of the same graph, so the node's position is looked up in the submitted one.
    private static T Guarded<T>(ComputationRequest submission, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (GraphException error) when (error.Node is not null && error.Path.StartsWith("graph.nodes[", StringComparison.Ordinal))
        {
            int index = submission.Definition.Nodes.ToList().FindIndex(node => node.Name == error.Node);
            int end = error.Path.IndexOf(']');
            throw index < 0 ? error : error.At($"graph.nodes[{index}{error.Path[end..]}");
        }
    }
}
