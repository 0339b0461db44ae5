using System.Text.Json;
using Backprop.Api.Features.Derivatives;
using Backprop.Api.Features.Graphs;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Responses;
using Backprop.Api.Platform.Telemetry;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Domain.Transformations;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Protocols.Tesseract;

/// <summary>Translates the endpoints of a Tesseract into queries about a registered graph.</summary>
/// <param name="models">The graphs.</param>
/// <param name="derivatives">Answers the queries.</param>
/// <param name="engine">Types outputs.</param>
/// <param name="json">How values are read and written.</param>
/// <param name="limits">The limits of a request.</param>
internal sealed class TesseractService(
    RegisteredModels models, DerivativeService derivatives, DerivativeEngine engine, IOptions<JsonOptions> json, IOptions<BackpropLimits> limits)
{
    // What a route runs once its members are read, and how the results are written.
    private delegate (Execution Execution, ResponseWriter Answer) Running(ComputationRequest inputs, RequestBudget budget, ServerTiming timing);

    private JsonSerializerOptions Options => json.Value.SerializerOptions;

    /// <summary>Evaluates the outputs.</summary>
    public Task ApplyAsync(HttpContext context, string name) => AnswerAsync(context, name, [], (_, encoding) =>
        Results(Queries.Evaluation(), new TesseractAnswer(ResultRole.Output, null, encoding)));

    /// <summary>Computes Jacobians.</summary>
    public Task JacobianAsync(HttpContext context, string name) => AnswerAsync(context, name, ["jac_inputs", "jac_outputs"], (call, encoding) =>
    {
        var query = Queries.Jacobian(call.Names("jac_inputs", call.FloatInputs), call.Names("jac_outputs", call.FloatOutputs), JacobianMode.Auto);
        return (inputs, budget, timing) =>
        {
            (Execution execution, JacobianFacts facts) = derivatives.Run(inputs, query, budget, timing);
            return (execution, new TesseractJacobian(facts, encoding));
        };
    });

    /// <summary>Computes Jacobian-vector products.</summary>
    public Task JacobianVectorProductAsync(HttpContext context, string name) =>
        AnswerAsync(context, name, ["jvp_inputs", "jvp_outputs", "tangent_vector"], (call, encoding) =>
    {
        IReadOnlyList<string> outputs = call.Names("jvp_outputs", call.FloatOutputs);
        Dictionary<string, Literal> tangents = call.Vectors("tangent_vector", call.Names("jvp_inputs", call.FloatInputs));
        Running run = Results(Queries.JacobianVectorProduct(tangents), new TesseractAnswer(ResultRole.Tangent, outputs.ToHashSet(), encoding));
        return (inputs, budget, timing) =>
        {
            (Execution execution, ResponseWriter answer) = run(inputs, budget, timing);
            call.RequireResults("jvp_outputs", [.. execution.WithRole(ResultRole.Tangent).Select(result => result.Key.Name)]);
            return (execution, answer);
        };
    });

    /// <summary>Computes vector-Jacobian products.</summary>
    public Task VectorJacobianProductAsync(HttpContext context, string name) =>
        AnswerAsync(context, name, ["vjp_inputs", "vjp_outputs", "cotangent_vector"], (call, encoding) =>
    {
        IReadOnlyList<string> inputs = call.Names("vjp_inputs", call.FloatInputs);
        Dictionary<string, Literal> cotangents = call.Vectors("cotangent_vector", call.Names("vjp_outputs", call.FloatOutputs));
        return Results(Queries.VectorJacobianProduct(inputs, cotangents), new TesseractAnswer(ResultRole.Gradient, null, encoding));
    });

    /// <summary>Infers the types of the outputs from those of the inputs.</summary>
    public Task AbstractEvalAsync(HttpContext context, string name) => ReadAsync(context, name, [], async (call, arrays, budget) =>
    {
        GraphDefinition definition = new TesseractShapes(call, arrays).Definition();
        call.Faults.ThrowIfAny();
        IReadOnlyList<TensorType> types = GraphSource.Located("graphId", () =>
            engine.OutputTypes(definition, new Dictionary<string, int>(), budget.Token));
        context.Response.ContentType = TesseractAccept.Plain;
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        writer.WriteStartObject();
        foreach ((string output, TensorType type) in definition.Outputs.Zip(types).DistinctBy(pair => pair.First))
        {
            writer.WriteStartObject(output);
            TesseractAnswer.WriteShape(writer, type);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    });

    /// <summary>Requires that the graph exists.</summary>
    /// <exception cref="ProblemException">There is none (404).</exception>
    public Task<RegisteredModel> FindAsync(string name, RequestBudget budget) => models.FindAsync(name, budget);

    private Running Results(DerivativeQuery query, ResponseWriter answer) =>
        (inputs, budget, timing) => (derivatives.Run(inputs, query, budget, timing), answer);

    private Task AnswerAsync(HttpContext context, string name, string[] members, Func<TesseractCall, ArrayEncoding, Running> reading) =>
        ReadAsync(context, name, members, async (call, arrays, budget) =>
    {
        string type = TesseractAccept.Of(context.Request);
        Dictionary<string, Literal> inputs = call.Inputs();
        Running run = reading(call, type != TesseractAccept.Base64 ? ArrayEncoding.Json
            : arrays.HasReadCompressed ? ArrayEncoding.CompressedBase64 : ArrayEncoding.Base64);
        call.Faults.ThrowIfAny();
        (Execution execution, ResponseWriter answer) = run(call.Model.With(inputs), budget, ServerTiming.Of(context));
        context.Response.ContentType = type;
        await JsonAnswer.WriteAsync(context, answer, execution, Options);
    });

    private async Task ReadAsync(HttpContext context, string name, string[] members, Func<TesseractCall, ArrayReader, RequestBudget, Task> answer)
    {
        using PooledBody body = await PooledBody.ReadAsync(context.Request);
        RequestBudget budget = await RequestBudget.BindAsync(context);
        RegisteredModel model = await models.FindAsync(name, budget);
        var faults = new TesseractFaults();
        var arrays = new ArrayReader(Options, limits.Value.MaxElements, limits.Value.MaxBodyBytes, faults);
        TesseractCall? call = null;
        try
        {
            call = new TesseractCall(model, body.Memory, arrays, faults, members);
            await answer(call, arrays, budget);
        }
        catch (JsonException error)
        {
            await TesseractErrors.WriteAsync(context, [TesseractFault.Json(error)]);
        }
        catch (GraphException error) when (call is not null)
        {
            await TesseractErrors.WriteAsync(context, call.Refusal(error).Faults);
        }
        catch (TesseractFaultException error)
        {
            await TesseractErrors.WriteAsync(context, error.Faults);
        }
    }
}
