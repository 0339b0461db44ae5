using Backprop.Api.Devices;
using Backprop.Api.Limits;
using Backprop.Api.Telemetry;
using Backprop.Client;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;

namespace Backprop.Api.Derivatives;

/// <summary>What every derivative route does: find the graph, ask the engine, tell the time that it took.</summary>
public sealed class DerivativeService(GraphSource source, DerivativeEngine engine)
{
    /// <summary>The graph and values of a request.</summary>
    public async Task<(Submission Submission, SourcedGraph Graph)> SubmitAsync(DerivativeRequest request, ServerTiming timing, RequestBudget budget)
    {
        using ServerTiming.Stopping parsing = timing.Measure(ServerTiming.Parse);
        SourcedGraph graph = await source.FindAsync(request, budget);
        DType dtype = request.DType is { } stated ? ContractReading.DType(stated) : DType.Float64;
        if (!dtype.IsFloat())
        {
            throw new GraphException("dtype", $"untyped inputs are floats: dtype is float64 or float32, not {dtype.Label()}");
        }

        Dictionary<string, Literal> inputs = ContractReading.Literals(request.Inputs, "inputs");
        return (new Submission(graph.Definition, graph.Form.Id, inputs, dtype, request.Batch ?? [], DeviceWords.Kind(request.Device)), graph);
    }

    /// <summary>Answers one question about the graph of a request.</summary>
    public async Task<Asked> AskAsync(DerivativeRequest request, Question question, RequestBudget budget, ServerTiming timing)
    {
        (Submission submission, SourcedGraph graph) = await SubmitAsync(request, timing, budget);
        (Execution execution, Compiled compiled) = Ask(submission, graph, question, budget, timing);
        return new Asked(request, graph, question, execution, compiled);
    }

    /// <summary>Answers a further question about the same graph.</summary>
    public (Execution Execution, Compiled Compiled) Ask(Submission submission, SourcedGraph graph, Question question, RequestBudget budget, ServerTiming timing)
    {
        using var activity = BackpropTelemetry.Activities.StartActivity("derivative");
        activity?.SetTag("backprop.question", question.Key);
        activity?.SetTag("backprop.nodes", graph.Definition.Nodes.Count);
        (Execution Execution, Compiled Compiled) answer = GraphSource.Located(graph.Path, () => engine.Run(submission, question, budget.Token));
        budget.Hold(answer.Execution.Bytes);
        timing.Add(ServerTiming.Compile, answer.Execution.Timing.CompileMs);
        timing.Add(ServerTiming.Run, answer.Execution.Timing.RunMs);
        return answer;
    }

    /// <summary>The types that the outputs have for these values.</summary>
    public IReadOnlyList<TensorType> OutputTypes(Submission submission, SourcedGraph graph, RequestBudget budget)
    {
        Compiled compiled = GraphSource.Located(graph.Path, () => engine.Prepare(submission, Questions.Evaluation(), budget.Token).Compiled);
        return [.. compiled.Graph.Outputs.Select(output => output.Node.Type)];
    }

    /// <summary>Checks a gradient by finite differences.</summary>
    public async Task<(CheckReport Report, SourcedGraph Graph)> CheckAsync(DerivativeRequest request, CheckRequest check, RequestBudget budget, ServerTiming timing)
    {
        (Submission submission, SourcedGraph graph) = await SubmitAsync(request, timing, budget);
        CheckReport report = GraphSource.Located(graph.Path, () => new GradientCheck(engine).Run(submission, check, budget.Token));
        timing.Add(ServerTiming.Compile, report.Timing.CompileMs);
        timing.Add(ServerTiming.Run, report.Timing.RunMs);
        return (report, graph);
    }
}
