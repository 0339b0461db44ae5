using System.Diagnostics;
using Backprop.Api.Features.Graphs;
using Backprop.Api.Features.Operations;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.Telemetry;
using Backprop.Client.Derivatives;
using Backprop.Compute.Differences;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;

namespace Backprop.Api.Features.Derivatives;

/// <summary>What every derivative route does: find the graph, run the query, tell the time that it took.</summary>
internal sealed class DerivativeService(GraphSource source, DerivativeEngine engine)
{
    /// <summary>The graph and values of a request.</summary>
    public async Task<ComputationRequest> SubmitAsync(DerivativeRequest request, ServerTiming timing, RequestBudget budget)
    {
        using ServerTiming.Stopping parsing = timing.Measure(ServerTiming.Parse);
        SourcedGraph graph = await source.FindAsync(request, budget);
        DType dtype = request.DType is { } stated ? GraphContractReader.DType(stated) : DType.Float64;
        if (!dtype.IsFloat())
        {
            throw new GraphException("dtype", $"dtype must be float64 or float32, since untyped inputs are floats; got {dtype.Label()}");
        }

        Dictionary<string, Literal> inputs = GraphContractReader.Literals(request.Inputs, "inputs");
        return new ComputationRequest(graph.Definition, graph.Form.Id, inputs, dtype, request.Batch ?? [], DeviceMapper.Kind(request.Device))
        {
            Path = graph.Path,
            RegisteredName = request.GraphId,
            Order = graph.Form.Source,
        };
    }

    /// <summary>Runs a query about the graph of a request.</summary>
    public Execution Run(ComputationRequest submission, DerivativeQuery query, RequestBudget budget, ServerTiming timing)
    {
        using Activity? activity = Start(submission, query);
        Execution execution = GraphSource.Located(submission, () => engine.Run(submission, query, budget.Token));
        Account(execution, budget, timing);
        return execution;
    }

    /// <summary>Runs a query about the graph of a request, and tells what is known without running it.</summary>
    public (Execution Execution, TMetadata Metadata) Run<TMetadata>(
        ComputationRequest submission, DerivativeQuery<TMetadata> query, RequestBudget budget, ServerTiming timing)
    {
        using Activity? activity = Start(submission, query);
        (Execution execution, TMetadata metadata) = GraphSource.Located(submission, () => engine.Run(submission, query, budget.Token));
        Account(execution, budget, timing);
        return (execution, metadata);
    }

    /// <summary>The types that the outputs have for these values.</summary>
    public IReadOnlyList<TensorType> OutputTypes(ComputationRequest submission, RequestBudget budget)
    {
        CompiledQuery compiled = GraphSource.Located(submission, () =>
            engine.Prepare(submission, Queries.Evaluation(), budget.Token).CompiledQuery);
        return [.. compiled.Graph.Outputs.Select(output => output.Node.Type)];
    }

    /// <summary>Checks a gradient by finite differences.</summary>
    public CheckReport Check(ComputationRequest submission, CheckRequest check, RequestBudget budget, ServerTiming timing)
    {
        CheckReport report = GraphSource.Located(submission, () => new GradientCheck(engine).Run(submission, check, budget.Token));
        timing.Add(ServerTiming.Compile, report.Timing.CompileMs);
        timing.Add(ServerTiming.Run, report.Timing.RunMs);
        return report;
    }

    private static Activity? Start(ComputationRequest submission, DerivativeQuery query) => BackpropTelemetry.Activities.StartActivity("derivative")
        ?.SetTag("backprop.question", query.Key)
        .SetTag("backprop.nodes", submission.Definition.Nodes.Count);

    private static void Account(Execution execution, RequestBudget budget, ServerTiming timing)
    {
        budget.Hold(execution.Bytes);
        timing.Add(ServerTiming.Compile, execution.Timing.CompileMs);
        timing.Add(ServerTiming.Run, execution.Timing.RunMs);
    }
}
