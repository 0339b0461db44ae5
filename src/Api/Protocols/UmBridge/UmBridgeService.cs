using System.Text.Json;
using Backprop.Api.Features.Derivatives;
using Backprop.Api.Features.Graphs;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Responses;
using Backprop.Api.Platform.Telemetry;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Protocols.UmBridge;

/// <summary>Translates the operations of UM-Bridge into queries about registered graphs.</summary>
/// <param name="models">The graphs.</param>
/// <param name="derivatives">Answers the queries.</param>
/// <param name="engine">Types outputs.</param>
/// <param name="json">How values are read and written.</param>
internal sealed class UmBridgeService(RegisteredModels models, DerivativeService derivatives, DerivativeEngine engine, IOptions<JsonOptions> json)
{
    private JsonSerializerOptions Options => json.Value.SerializerOptions;

    /// <summary>What the model supports.</summary>
    public Task ModelInfoAsync(HttpContext context) => ReadAsync(context, (call, _) =>
    {
        bool differentiable = call.Model.IsDifferentiable;
        return WriteAsync(context, new UmBridgeModelInfo(new UmBridgeSupport(true, differentiable, differentiable, differentiable)));
    });

    /// <summary>The number of elements of each input.</summary>
    public Task InputSizesAsync(HttpContext context) => ReadAsync(context, (call, _) => WriteAsync(context, new UmBridgeInputSizes(call.InputSizes)));

    /// <summary>The number of elements of each output.</summary>
    public Task OutputSizesAsync(HttpContext context) => ReadAsync(context, (call, budget) =>
    {
        IReadOnlyList<TensorType> types = GraphSource.Located("graphId", () =>
            engine.OutputTypes(call.Shaped, new Dictionary<string, int>(), budget.Token));
        return WriteAsync(context, new UmBridgeOutputSizes([.. types.Select(type => type.Shape.Count)]));
    });

    /// <summary>The outputs.</summary>
    public Task EvaluateAsync(HttpContext context) => ReadAsync(context, (call, budget) =>
        AnswerAsync(context, call.Inputs(), Queries.Evaluation(), null, budget));

    /// <summary>Jᵀ·sens.</summary>
    public Task GradientAsync(HttpContext context) => ReadAsync(context, (call, budget) =>
    {
        RequireDerivatives(call);
        InputDefinition input = call.FloatInput("inWrt");
        ComputationRequest inputs = call.Inputs();
        (string output, TensorType type) = Output(call, inputs, budget);
        return AnswerAsync(
            context, inputs, Queries.Gradient([input.Name], output, call.Vector("sens", type), null), ResultKey.Gradient(input.Name), budget);
    });

    /// <summary>J·vec.</summary>
    public Task ApplyJacobianAsync(HttpContext context) => ReadAsync(context, (call, budget) =>
    {
        RequireDerivatives(call);
        InputDefinition input = call.FloatInput("inWrt");
        ComputationRequest inputs = call.Inputs();
        (string output, _) = Output(call, inputs, budget);
        var tangents = new Dictionary<string, Literal> { [input.Name] = call.Vector("vec", input) };
        return AnswerAsync(context, inputs, Queries.JacobianVectorProduct(tangents), ResultKey.Tangent(output), budget);
    });

    /// <summary>How the gradient with respect to inWrt1 changes when inWrt2 moves along vec.</summary>
    public Task ApplyHessianAsync(HttpContext context) => ReadAsync(context, (call, budget) =>
    {
        RequireDerivatives(call);
        InputDefinition by = call.FloatInput("inWrt1");
        InputDefinition along = call.FloatInput("inWrt2");
        ComputationRequest inputs = call.Inputs();
        (string output, TensorType type) = Output(call, inputs, budget);
        var tangents = new Dictionary<string, Literal> { [along.Name] = call.Vector("vec", along) };
        return AnswerAsync(context, inputs, Queries.HessianVectorProduct([by.Name], output, tangents, call.Vector("sens", type)),
            ResultKey.HessianProduct(by.Name), budget);
    });

    // The name of the model is validated first.
    private async Task ReadAsync(HttpContext context, Func<UmBridgeCall, RequestBudget, Task> answer)
    {
        // The media type is not checked: many clients send none.
        using PooledBody body = await PooledBody.ReadAsync(context.Request);
        RequestBudget budget = await RequestBudget.BindAsync(context);
        JsonMembers members = MisspeltRoute.Members(context.Request, body.Memory);
        string? name = members.TryGet("name", out ReadOnlyMemory<byte> given) ? JsonMembers.String(given) : null;
        if (name is null)
        {
            throw MisspeltRoute.Of(context.Request, members) ?? UmBridgeErrors.Invalid("name", "name must be the id or alias of a registered graph.");
        }

        await answer(new UmBridgeCall(await models.FindAsync(name, budget), members, Options), budget);
    }

    private Task WriteAsync<T>(HttpContext context, T answer) => context.Response.WriteAsJsonAsync(answer, Options, context.RequestAborted);

    private static void RequireDerivatives(UmBridgeCall call)
    {
        if (!call.Model.IsDifferentiable)
        {
            throw UmBridgeErrors.Unsupported("The model has no derivatives: no float input affects a float output.");
        }
    }

    private (string Name, TensorType Type) Output(UmBridgeCall call, ComputationRequest inputs, RequestBudget budget)
    {
        int index = call.Index("outWrt", call.Shaped.Outputs.Count);
        TensorType type = derivatives.OutputTypes(inputs, budget)[index];
        string name = call.Shaped.Outputs[index];
        return type.DType.IsFloat() ? (name, type)
            : throw UmBridgeErrors.Unsupported($"The output '{name}' is {type.DType.Label()}, which has no derivative.");
    }

    private async Task AnswerAsync(HttpContext context, ComputationRequest inputs, DerivativeQuery query, ResultKey? result, RequestBudget budget)
    {
        Execution execution = derivatives.Run(inputs, query, budget, ServerTiming.Of(context));
        var answer = new UmBridgeAnswer(result);
        answer.RequireFinite(execution);
        await JsonAnswer.WriteAsync(context, answer, execution, Options);
    }
}
