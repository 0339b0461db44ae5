using System.Text;
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
using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Features.Derivatives;

/// <summary>Values and derivatives of a submitted graph.</summary>
internal static class DerivativeEndpoints
{
    private const string Tag = "Derivatives";

    /// <summary>Maps the routes.</summary>
    public static void MapDerivatives(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("").WithTags(Tag).RequireCompute();
        group.MapPost("/evaluations", EvaluateAsync).WithValidation<EvaluationRequest>().WithHotRequests().WithName("Evaluate")
            .WithSummary("Evaluate the outputs")
            .WithDescription("Runs the graph on the submitted values and returns every output.")
            .WithExample("z = w·x + b, squashed", DerivativeExamples.Evaluation);
        group.MapPost("/gradients", GradientAsync).WithValidation<GradientRequest>().WithHotRequests().WithName("Gradient")
            .WithSummary("Compute the value and gradients of an output")
            .WithDescription("Backpropagation: differentiates the output with respect to every float input, or those that `wrt` names. With " +
                "`trace`, the answer lists every step of the chain rule; with `Accept: text/plain` as well, as text. With `checkpointing`, values " +
                "of the forward pass are recomputed instead of kept: the results are the same in less memory, and the answer reports how much.")
            .WithExample("An expression", DerivativeExamples.Expression)
            .WithExample("A graph, with the steps of the chain rule", DerivativeExamples.Traced)
            .WithExample("Checkpointing", DerivativeExamples.Checkpointing)
            .WithExample("An ONNX model: the mean of tanh(x·w + b)", DerivativeExamples.OnnxGradient);
        group.MapPost("/jacobian-vector-products", JacobianVectorProductAsync).WithValidation<JacobianVectorProductRequest>().WithHotRequests()
            .WithName("JacobianVectorProduct")
            .WithSummary("Compute Jacobian-vector products")
            .WithDescription("Forward mode: how all outputs change when the inputs move along the tangents. A missing tangent is zero.")
            .WithExample("A direction", DerivativeExamples.JacobianVectorProduct);
        group.MapPost("/vector-jacobian-products", VectorJacobianProductAsync).WithValidation<VectorJacobianProductRequest>().WithHotRequests()
            .WithName("VectorJacobianProduct")
            .WithSummary("Compute vector-Jacobian products")
            .WithDescription("Reverse mode, for several outputs at once: the sum over the outputs of cotangentᵀ · Jacobian, for each input.")
            .WithExample("Two outputs", DerivativeExamples.VectorJacobianProduct);
        group.MapPost("/jacobians", JacobianAsync).WithValidation<JacobianRequest>().WithHotRequests().WithName("Jacobian")
            .WithSummary("Compute Jacobians")
            .WithDescription("All first derivatives, in blocks of shape output + input. The default `mode`, auto, takes the cheaper of columns " +
                "(forward) and rows (reverse); the answer says which.")
            .WithExample("Polar coordinates", DerivativeExamples.Jacobian);
        group.MapPost("/hessians", HessianAsync).WithValidation<HessianRequest>().WithHotRequests().WithName("Hessian")
            .WithSummary("Compute the Hessian of an output")
            .WithDescription("All second derivatives, in blocks of shape input + input (forward over reverse mode). The output must have one " +
                "element.")
            .WithExample("Rosenbrock", DerivativeExamples.Hessian);
        group.MapPost("/hessian-vector-products", HessianVectorProductAsync).WithValidation<HessianVectorProductRequest>().WithHotRequests()
            .WithName("HessianVectorProduct")
            .WithSummary("Compute Hessian-vector products")
            .WithDescription("The Hessian times the tangents, without forming the Hessian: about the cost of two gradients. A missing tangent is " +
                "zero.")
            .WithExample("A direction", DerivativeExamples.HessianVectorProduct);
        group.MapPost("/gradient-checks", GradientCheckEndpoint.CheckAsync).WithValidation<GradientCheckRequest>().WithName("GradientCheck")
            .WithSummary("Check gradients against finite differences")
            .WithDescription("Runs the perturbed evaluations, compares the gradients element by element as torch.autograd.gradcheck does, and " +
                "reports the time of both methods.")
            .WithExample("Central differences", DerivativeExamples.GradientCheck);
    }

    private static async Task<DerivativeResult<EvaluationAnswer>> EvaluateAsync(
        JsonBody<EvaluationRequest> body, RequestBudget budget, ServerTiming timing, DerivativeService service)
    {
        ComputationRequest submission = await service.SubmitAsync(body.Value, timing, budget);
        Execution first = service.Run(submission, Queries.Evaluation(), budget, timing);
        (string id, var notes, var writing) = Fixed(submission, body.Value);
        return new DerivativeResult<EvaluationAnswer>(submission, first, execution => new EvaluationAnswer
        {
            GraphId = id,
            Outputs = writing.Values(execution, ResultRole.Output),
            Warnings = GraphContractWriter.Warnings(execution.Warnings),
            Notes = notes,
        });
    }

    private static async Task<Results<DerivativeResult<GradientAnswer>, ContentHttpResult>> GradientAsync(
        JsonBody<GradientRequest> body, RequestBudget budget, HttpContext context, ServerTiming timing, DerivativeService service,
        IOptions<BackpropLimits> limits)
    {
        GradientRequest request = body.Value;
        Literal? seed = request.Seed is { } given ? GraphContractReader.Literal(given, "seed") : null;
        ComputationRequest submission = await service.SubmitAsync(request, timing, budget);
        GraphDefinition graph = submission.Definition;
        if (request.Trace == true && graph.Nodes.Count > limits.Value.TraceNodes)
        {
            throw new LimitException("Limits:TraceNodes", limits.Value.TraceNodes, $"a walk-through of {graph.Nodes.Count} nodes", "trace");
        }

        DerivativeQuery query = Queries.Gradient(request.Wrt, request.Output, seed, request.ClipNorm,
            CheckpointingMapper.Strategy(request.Checkpointing));
        Execution first = service.Run(submission, query, budget, timing);
        Steps? steps = request.Trace == true ? Walkthrough.Of(request, seed, submission, service, budget, timing).Steps() : null;
        string output = request.Output ?? graph.Outputs[0];
        if (steps is not null)
        {
            context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
            if (PreferredFormat.Is(PreferredFormat.PlainText, context.Request))
            {
                return TypedResults.Text(WalkthroughReport.Of(output, steps, first.Warnings), PreferredFormat.PlainText, Encoding.UTF8);
            }
        }

        (string id, var notes, var writing) = Fixed(submission, request);
        return new DerivativeResult<GradientAnswer>(submission, first, execution => new GradientAnswer
        {
            GraphId = id,
            Output = output,
            Value = writing.Value(execution[ResultKey.Value]),
            Gradients = writing.Values(execution, ResultRole.Gradient),
            GradientNorm = writing.Value(execution[ResultKey.GradientNorm]),
            Steps = steps,
            Checkpointing = CheckpointingMapper.Report(execution),
            Warnings = GraphContractWriter.Warnings(execution.Warnings),
            Notes = notes,
        })
        {
            Repeats = steps is null,
        };
    }

    private static async Task<DerivativeResult<JacobianVectorProductAnswer>> JacobianVectorProductAsync(
        JsonBody<JacobianVectorProductRequest> body, RequestBudget budget, ServerTiming timing, DerivativeService service)
    {
        DerivativeQuery query = Queries.JacobianVectorProduct(GraphContractReader.Literals(body.Value.Tangents, "tangents"));
        ComputationRequest submission = await service.SubmitAsync(body.Value, timing, budget);
        Execution first = service.Run(submission, query, budget, timing);
        (string id, var notes, var writing) = Fixed(submission, body.Value);
        return new DerivativeResult<JacobianVectorProductAnswer>(submission, first, execution => new JacobianVectorProductAnswer
        {
            GraphId = id,
            Outputs = writing.Values(execution, ResultRole.Output),
            Tangents = writing.Values(execution, ResultRole.Tangent),
            Warnings = GraphContractWriter.Warnings(execution.Warnings),
            Notes = notes,
        });
    }

    private static async Task<DerivativeResult<VectorJacobianProductAnswer>> VectorJacobianProductAsync(
        JsonBody<VectorJacobianProductRequest> body, RequestBudget budget, ServerTiming timing, DerivativeService service)
    {
        DerivativeQuery query = Queries.VectorJacobianProduct(body.Value.Wrt, GraphContractReader.Literals(body.Value.Cotangents, "cotangents"));
        ComputationRequest submission = await service.SubmitAsync(body.Value, timing, budget);
        Execution first = service.Run(submission, query, budget, timing);
        (string id, var notes, var writing) = Fixed(submission, body.Value);
        return new DerivativeResult<VectorJacobianProductAnswer>(submission, first, execution => new VectorJacobianProductAnswer
        {
            GraphId = id,
            Outputs = writing.Values(execution, ResultRole.Output),
            Products = writing.Values(execution, ResultRole.Gradient),
            Warnings = GraphContractWriter.Warnings(execution.Warnings),
            Notes = notes,
        });
    }

    private static async Task<DerivativeResult<JacobianAnswer>> JacobianAsync(
        JsonBody<JacobianRequest> body, RequestBudget budget, ServerTiming timing, DerivativeService service)
    {
        var query = Queries.Jacobian(body.Value.Wrt, body.Value.Outputs, (JacobianMode)(body.Value.Mode ?? DifferentiationMode.Auto));
        ComputationRequest submission = await service.SubmitAsync(body.Value, timing, budget);
        (Execution first, JacobianFacts facts) = service.Run(submission, query, budget, timing);
        (string id, var notes, var writing) = Fixed(submission, body.Value);
        return new DerivativeResult<JacobianAnswer>(submission, first, execution => new JacobianAnswer
        {
            GraphId = id,
            Outputs = writing.Values(execution, ResultRole.Output),
            Jacobians = writing.Blocks(execution, facts),
            Mode = (DifferentiationMode)facts.Mode,
            Passes = facts.Passes,
            Warnings = GraphContractWriter.Warnings(execution.Warnings),
            Notes = notes,
        });
    }

    private static async Task<DerivativeResult<HessianAnswer>> HessianAsync(
        JsonBody<HessianRequest> body, RequestBudget budget, ServerTiming timing, DerivativeService service)
    {
        ComputationRequest submission = await service.SubmitAsync(body.Value, timing, budget);
        (Execution first, JacobianFacts facts) = service.Run(submission, Queries.Hessian(body.Value.Wrt, body.Value.Output), budget, timing);
        (string id, var notes, var writing) = Fixed(submission, body.Value);
        return new DerivativeResult<HessianAnswer>(submission, first, execution => new HessianAnswer
        {
            GraphId = id,
            Hessians = writing.Blocks(execution, facts),
            Warnings = GraphContractWriter.Warnings(execution.Warnings),
            Notes = notes,
        });
    }

    private static async Task<DerivativeResult<HessianVectorProductAnswer>> HessianVectorProductAsync(
        JsonBody<HessianVectorProductRequest> body, RequestBudget budget, ServerTiming timing, DerivativeService service)
    {
        HessianVectorProductRequest request = body.Value;
        DerivativeQuery query = Queries.HessianVectorProduct(request.Wrt, request.Output,
            GraphContractReader.Literals(request.Tangents, "tangents"));
        ComputationRequest submission = await service.SubmitAsync(request, timing, budget);
        Execution first = service.Run(submission, query, budget, timing);
        (string id, var notes, var writing) = Fixed(submission, request);
        return new DerivativeResult<HessianVectorProductAnswer>(submission, first, execution => new HessianVectorProductAnswer
        {
            GraphId = id,
            Value = writing.Value(execution[ResultKey.Value]),
            Gradients = writing.Values(execution, ResultRole.Gradient),
            Products = writing.Values(execution, ResultRole.HessianProduct),
            Warnings = GraphContractWriter.Warnings(execution.Warnings),
            Notes = notes,
        });
    }

    // What an answer tells beside the numbers of its run; it outlives the request, and keeps nothing of it that is large.
    private static (string Id, IReadOnlyList<string>? Notes, GraphContractWriter Writer) Fixed(ComputationRequest request, DerivativeRequest body) =>
        (request.Id, GraphContractWriter.Notes(request.Definition), new GraphContractWriter(body.Encoding));
}
