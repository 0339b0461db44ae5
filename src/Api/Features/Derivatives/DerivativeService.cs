using Backprop.Api.Features.Graphs;
using Backprop.Api.Features.Operations;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.Telemetry;
using Backprop.Client.Derivatives;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;

namespace Backprop.Api.Features.Derivatives;

/// <summary>What all derivative routes share: find the graph, query the engine, report the time.</summary>
public sealed class DerivativeService(GraphSource source, DerivativeEngine engine)
{
    /// <summary>The graph and values of a request.</summary>
    public async Task<(ComputationRequest ComputationRequest, SourcedGraph Graph)> SubmitAsync(DerivativeRequest request, ServerTiming timing,
        RequestBudget budget)
    {
        using ServerTiming.Stopping parsing = timing.Measure(ServerTiming.Parse);
        SourcedGraph graph = await source.FindAsync(request, budget);
        DType dtype = request.DType is { } stated ? GraphContractReader.DType(stated) : DType.Float64;
        if (!dtype.IsFloat())
        {
            throw new GraphException("dtype", $"dtype must be float64 or float32, since untyped inputs are floats; got {dtype.Label()}");
        }

        Dictionary<string, Literal> inputs = GraphContractReader.Literals(request.Inputs, "inputs");
        return (new ComputationRequest(graph.Definition, graph.Form.Id, inputs, dtype, request.Batch ?? [],
            DeviceMapper.Kind(request.Device)), graph);
    }

    /// <summary>Answers one query about the graph of a request.</summary>
    public async Task<QueryExecution> AskAsync(DerivativeRequest request, DerivativeQuery question, RequestBudget budget, ServerTiming timing)
    {
        (ComputationRequest submission, SourcedGraph graph) = await SubmitAsync(request, timing, budget);
        (Execution execution, CompiledQuery compiled) = Ask(submission, graph, question, budget, timing);
        return new QueryExecution(request, graph, question, execution, compiled);
    }

    /// <summary>Answers a further query about the same graph.</summary>
    public (Execution Execution, CompiledQuery CompiledQuery) Ask(ComputationRequest submission, SourcedGraph graph, DerivativeQuery question,
        RequestBudget budget, ServerTiming timing)
    {
        using var activity = BackpropTelemetry.Activities.StartActivity("derivative");
        activity?.SetTag("backprop.question", question.Key);
        activity?.SetTag("backprop.nodes", graph.Definition.Nodes.Count);
        (Execution Execution, CompiledQuery CompiledQuery) answer = GraphSource.Located(graph.Path, () =>
            engine.Run(submission, question, budget.Token));
        budget.Hold(answer.Execution.Bytes);
        timing.Add(ServerTiming.Compile, answer.Execution.Timing.CompileMs);
        timing.Add(ServerTiming.Run, answer.Execution.Timing.RunMs);
        return answer;
    }

    /// <summary>The types that the outputs have for these values.</summary>
    public IReadOnlyList<TensorType> OutputTypes(ComputationRequest submission, SourcedGraph graph, RequestBudget budget)
    {
        CompiledQuery compiled = GraphSource.Located(graph.Path, () => engine.Prepare(submission, Queries.Evaluation(), budget.Token).CompiledQuery);
        return [.. compiled.Graph.Outputs.Select(output => output.Node.Type)];
    }

    /// <summary>Checks a gradient by finite differences.</summary>
    public async Task<(CheckReport Report, SourcedGraph Graph)> CheckAsync(DerivativeRequest request, CheckRequest check, RequestBudget budget,
        ServerTiming timing)
    {
        (ComputationRequest submission, SourcedGraph graph) = await SubmitAsync(request, timing, budget);
        CheckReport report = GraphSource.Located(graph.Path, () => new GradientCheck(engine).Run(submission, check, budget.Token));
        timing.Add(ServerTiming.Compile, report.Timing.CompileMs);
        timing.Add(ServerTiming.Run, report.Timing.RunMs);
        return (report, graph);
    }
}
