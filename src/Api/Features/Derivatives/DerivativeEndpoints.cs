using Backprop.Api.FastPath;
using Backprop.Api.Features.Graphs;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Telemetry;
using Backprop.Api.Platform.Validation;
using Backprop.Client.Derivatives;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Domain.Transformations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Features.Derivatives;

/// <summary>Values and derivatives of a submitted graph.</summary>
public static class DerivativeEndpoints
{
    private const string Tag = "Derivatives";

    /// <summary>Maps the routes.</summary>
    public static void MapDerivatives(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("").WithTags(Tag).RequireCompute();
        group.MapPost("/evaluations", EvaluateAsync).WithValidation<EvaluationRequest>().WithHotRequests().WithName("Evaluate")
            .WithSummary("Values of the outputs")
            .WithDescription("Runs the graph on the submitted values.")
            .WithExample("z = w·x + b, squashed", DerivativeExamples.Evaluation);
        group.MapPost("/gradients", GradientAsync).WithValidation<GradientRequest>().WithHotRequests().WithName("Gradient")
            .WithSummary("Value and gradients of one output")
            .WithDescription("Backpropagation: the derivatives of the output by every float input, or by those that `wrt` names. With `trace` " +
                "every step of the chain rule is told. "
                + "With `checkpointing` values of the forward pass are computed again instead of kept: the same results in less memory, and the " +
                    "answer tells how much.")
            .WithExample("(a·b + c)²", DerivativeExamples.Gradient)
            .WithExample("Checkpointing", DerivativeExamples.Checkpointing)
            .WithExample("An ONNX model: the mean of tanh(x·w + b)", DerivativeExamples.OnnxGradient);
        group.MapPost("/jacobian-vector-products", JacobianVectorProductAsync).WithValidation<JacobianVectorProductRequest>().WithHotRequests()
            .WithName("JacobianVectorProduct")
            .WithSummary("Directional derivatives (forward mode)")
            .WithDescription("How all outputs change when the inputs move along the tangents. A missing tangent is zero.")
            .WithExample("A direction", DerivativeExamples.JacobianVectorProduct);
        group.MapPost("/vector-jacobian-products", VectorJacobianProductAsync).WithValidation<VectorJacobianProductRequest>().WithHotRequests()
            .WithName("VectorJacobianProduct")
            .WithSummary("Cotangents carried back (reverse mode), of several outputs at once")
            .WithDescription("The sum over the outputs of cotangentᵀ · Jacobian, for each input.")
            .WithExample("Two outputs", DerivativeExamples.VectorJacobianProduct);
        group.MapPost("/jacobians", JacobianAsync).WithValidation<JacobianRequest>().WithHotRequests().WithName("Jacobian")
            .WithSummary("All first derivatives")
            .WithDescription("Blocks of shape output + input. `mode` auto takes the cheaper side: columns (forward) or rows (reverse), and says " +
                "which.")
            .WithExample("Polar coordinates", DerivativeExamples.Jacobian);
        group.MapPost("/hessians", HessianAsync).WithValidation<HessianRequest>().WithHotRequests().WithName("Hessian")
            .WithSummary("All second derivatives of one output")
            .WithDescription("Blocks of shape input + input, by forward mode over reverse mode. The output must have one element.")
            .WithExample("Rosenbrock", DerivativeExamples.Hessian);
        group.MapPost("/hessian-vector-products", HessianVectorProductAsync).WithValidation<HessianVectorProductRequest>().WithHotRequests()
            .WithName("HessianVectorProduct")
            .WithSummary("Second derivatives along a direction")
            .WithDescription("The Hessian times the tangents without forming it: about the cost of two gradients. A missing tangent is zero.")
            .WithExample("A direction", DerivativeExamples.HessianVectorProduct);
        group.MapPost("/gradient-checks", CheckAsync).WithValidation<GradientCheckRequest>().WithName("GradientCheck")
            .WithSummary("Gradients against finite differences, both timed")
            .WithDescription("Really runs the perturbed evaluations, compares element by element as torch.autograd.gradcheck does, and tells what " +
                "they cost beside backpropagation.")
            .WithExample("Central differences", DerivativeExamples.GradientCheck);
    }

    private static async Task<DerivativeResult<EvaluationAnswer>> EvaluateAsync(
        JsonBody<EvaluationRequest> body, RequestBudget budget, ServerTiming timing, DerivativeService service)
    {
        QueryExecution asked = await service.AskAsync(body.Value, Queries.Evaluation(), budget, timing);
        (string id, var writing) = (asked.Graph.Form.Id, new GraphContractWriter(body.Value.Encoding));
        return new DerivativeResult<EvaluationAnswer>(asked, execution => new EvaluationAnswer
        {
            GraphId = id,
            Outputs = writing.Values(execution, "y:"),
            Warnings = GraphContractWriter.Warnings(execution.Warnings),
            Notes = GraphContractWriter.Notes(asked.Graph),
        });
    }

    private static async Task<DerivativeResult<GradientAnswer>> GradientAsync(
        JsonBody<GradientRequest> body, RequestBudget budget, ServerTiming timing, DerivativeService service, IOptions<BackpropLimits> limits)
    {
        GradientRequest request = body.Value;
        Literal? seed = request.Seed is { } given ? GraphContractReader.Literal(given, "seed") : null;
        (ComputationRequest submission, SourcedGraph graph) = await service.SubmitAsync(request, timing, budget);
        if (request.Trace == true && graph.Definition.Nodes.Count > limits.Value.TraceNodes)
        {
            throw new LimitException("Limits:TraceNodes", limits.Value.TraceNodes, $"a walk-through of {graph.Definition.Nodes.Count} nodes",
                "trace");
        }

        DerivativeQuery question = Queries.Gradient(request.Wrt, request.Output, seed, request.ClipNorm,
            CheckpointingMapper.Strategy(request.Checkpointing));
        (Execution first, CompiledQuery compiled) = service.Ask(submission, graph, question, budget, timing);
        Steps? steps = request.Trace == true ? Trace(service, submission, graph, seed, request, budget, timing) : null;
        (string id, string output, var writing) = (graph.Form.Id, request.Output ?? graph.Definition.Outputs[0],
            new GraphContractWriter(request.Encoding));
        return new DerivativeResult<GradientAnswer>(new QueryExecution(request, graph, question, first, compiled), execution => new GradientAnswer
        {
            GraphId = id,
            Output = output,
            Value = writing.Value(execution["value"]),
            Gradients = writing.Values(execution, "g:"),
            GradientNorm = writing.Value(execution["norm"]),
            Steps = steps,
            Checkpointing = CheckpointingMapper.Report(compiled.Checkpointing, execution),
            Warnings = GraphContractWriter.Warnings(execution.Warnings),
            Notes = GraphContractWriter.Notes(graph),
        })
        {
            Repeats = steps is null,
        };
    }

    private static Steps Trace(
        DerivativeService service, ComputationRequest submission, SourcedGraph graph, Literal? seed, GradientRequest request, RequestBudget budget,
            ServerTiming timing)
    {
        DerivativeQuery question = Compute.Engine.Trace.Query(request.Wrt, request.Output, seed);
        (Execution execution, CompiledQuery compiled) = service.Ask(submission, graph, question, budget, timing);
        return new Walkthrough((TraceFacts)compiled.Facts!, execution, new GraphContractWriter(request.Encoding)).Steps();
    }

    private static async Task<DerivativeResult<JacobianVectorProductAnswer>> JacobianVectorProductAsync(
        JsonBody<JacobianVectorProductRequest> body, RequestBudget budget, ServerTiming timing, DerivativeService service)
    {
        DerivativeQuery question = Queries.JacobianVectorProduct(GraphContractReader.Literals(body.Value.Tangents, "tangents"));
        QueryExecution asked = await service.AskAsync(body.Value, question, budget, timing);
        (string id, var writing) = (asked.Graph.Form.Id, new GraphContractWriter(body.Value.Encoding));
        return new DerivativeResult<JacobianVectorProductAnswer>(asked, execution => new JacobianVectorProductAnswer
        {
            GraphId = id,
            Outputs = writing.Values(execution, "y:"),
            Tangents = writing.Values(execution, "t:"),
            Warnings = GraphContractWriter.Warnings(execution.Warnings),
            Notes = GraphContractWriter.Notes(asked.Graph),
        });
    }

    private static async Task<DerivativeResult<VectorJacobianProductAnswer>> VectorJacobianProductAsync(
        JsonBody<VectorJacobianProductRequest> body, RequestBudget budget, ServerTiming timing, DerivativeService service)
    {
        DerivativeQuery question = Queries.VectorJacobianProduct(body.Value.Wrt, GraphContractReader.Literals(body.Value.Cotangents, "cotangents"));
        QueryExecution asked = await service.AskAsync(body.Value, question, budget, timing);
        (string id, var writing) = (asked.Graph.Form.Id, new GraphContractWriter(body.Value.Encoding));
        return new DerivativeResult<VectorJacobianProductAnswer>(asked, execution => new VectorJacobianProductAnswer
        {
            GraphId = id,
            Outputs = writing.Values(execution, "y:"),
            Products = writing.Values(execution, "g:"),
            Warnings = GraphContractWriter.Warnings(execution.Warnings),
            Notes = GraphContractWriter.Notes(asked.Graph),
        });
    }

    private static async Task<DerivativeResult<JacobianAnswer>> JacobianAsync(
        JsonBody<JacobianRequest> body, RequestBudget budget, ServerTiming timing, DerivativeService service)
    {
        DerivativeQuery question = Queries.Jacobian(body.Value.Wrt, body.Value.Outputs, (JacobianMode)(body.Value.Mode ?? DifferentiationMode.Auto));
        QueryExecution asked = await service.AskAsync(body.Value, question, budget, timing);
        (string id, var writing, var facts) = (asked.Graph.Form.Id, new GraphContractWriter(body.Value.Encoding),
            (JacobianFacts)asked.CompiledQuery.Facts!);
        return new DerivativeResult<JacobianAnswer>(asked, execution => new JacobianAnswer
        {
            GraphId = id,
            Outputs = writing.Values(execution, "y:"),
            Jacobians = writing.Blocks(execution, facts),
            Mode = (DifferentiationMode)facts.Mode,
            Passes = facts.Passes,
            Warnings = GraphContractWriter.Warnings(execution.Warnings),
            Notes = GraphContractWriter.Notes(asked.Graph),
        });
    }

    private static async Task<DerivativeResult<HessianAnswer>> HessianAsync(
        JsonBody<HessianRequest> body, RequestBudget budget, ServerTiming timing, DerivativeService service)
    {
        QueryExecution asked = await service.AskAsync(body.Value, Queries.Hessian(body.Value.Wrt, body.Value.Output), budget, timing);
        (string id, var writing, var facts) = (asked.Graph.Form.Id, new GraphContractWriter(body.Value.Encoding),
            (JacobianFacts)asked.CompiledQuery.Facts!);
        return new DerivativeResult<HessianAnswer>(asked, execution => new HessianAnswer
        {
            GraphId = id,
            Hessians = writing.Blocks(execution, facts),
            Warnings = GraphContractWriter.Warnings(execution.Warnings),
            Notes = GraphContractWriter.Notes(asked.Graph),
        });
    }

    private static async Task<DerivativeResult<HessianVectorProductAnswer>> HessianVectorProductAsync(
        JsonBody<HessianVectorProductRequest> body, RequestBudget budget, ServerTiming timing, DerivativeService service)
    {
        HessianVectorProductRequest request = body.Value;
        DerivativeQuery question = Queries.HessianVectorProduct(request.Wrt, request.Output,
            GraphContractReader.Literals(request.Tangents, "tangents"));
        QueryExecution asked = await service.AskAsync(request, question, budget, timing);
        (string id, var writing) = (asked.Graph.Form.Id, new GraphContractWriter(request.Encoding));
        return new DerivativeResult<HessianVectorProductAnswer>(asked, execution => new HessianVectorProductAnswer
        {
            GraphId = id,
            Value = writing.Value(execution["value"]),
            Gradients = writing.Values(execution, "g:"),
            Products = writing.Values(execution, "p:"),
            Warnings = GraphContractWriter.Warnings(execution.Warnings),
            Notes = GraphContractWriter.Notes(asked.Graph),
        });
    }

    private static async Task<Ok<GradientCheckAnswer>> CheckAsync(
        JsonBody<GradientCheckRequest> body, RequestBudget budget, ServerTiming timing, DerivativeService service)
    {
        GradientCheckRequest request = body.Value;
        var method = (Compute.Engine.DifferenceFormula)(request.Method ?? Client.Derivatives.DifferenceMethod.Central);
        var check = new CheckRequest(request.Wrt, request.Output, method, request.Epsilon, request.Rtol ?? 1e-3, request.Atol ?? 1e-5);
        (CheckReport report, SourcedGraph graph) = await service.CheckAsync(request, check, budget, timing);
        return TypedResults.Ok(new GradientCheckAnswer
        {
            GraphId = graph.Form.Id,
            Passed = report.Passed,
            Undetermined = report.Undetermined == 0 ? null : report.Undetermined,
            MaxAbsoluteError = report.MaxAbsoluteError,
            MaxRelativeError = report.MaxRelativeError,
            Worst = report.Worst is not { } worst ? null : new WorstElement
            {
                Input = worst.Input,
                Index = Array.ConvertAll(worst.Index, i => (long)i),
                Analytic = worst.Analytic,
                Numeric = worst.Numeric,
            },
            Evaluations = report.Evaluations,
            BackpropMs = report.BackpropMs,
            FiniteDifferenceMs = report.FiniteDifferenceMs,
            Speedup = report.BackpropMs > 0 ? report.FiniteDifferenceMs / report.BackpropMs : double.PositiveInfinity,
            Warnings = GraphContractWriter.Warnings(report.Warnings),
            Notes = GraphContractWriter.Notes(graph),
        });
    }
}
