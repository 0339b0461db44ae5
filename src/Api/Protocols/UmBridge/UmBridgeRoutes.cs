using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.OpenApi;
using Backprop.Infrastructure.Persistence;

namespace Backprop.Api.Protocols.UmBridge;

/// <summary>
/// UM-Bridge 1.0 (https://um-bridge-benchmarks.readthedocs.io) over registered graphs: a model's name is a graph's id or alias, its inputs and
/// outputs are those of the graph, flattened. Clients send no media type, and read only the two keys of an error.
/// </summary>
public static class UmBridgeRoutes
{
    /// <summary>Maps the routes.</summary>
    public static void MapUmBridge(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("").WithTags("UM-Bridge").WithMetadata(UmBridgeErrors.Form);
        group.MapGet("/Info", InfoAsync).WithName("UmBridgeInfo").WithSummary("The models")
            .WithDescription("The aliases of the registered graphs, then their ids, each in the order of registration.");
        RouteGroupBuilder calls = group.MapGroup("").RequireCompute();
        calls.MapPost("/ModelInfo", (HttpContext context, UmBridgeService service) => service.ModelInfoAsync(context)).WithName("UmBridgeModelInfo")
            .WithSummary("What a model supports")
            .WithDescription("All four operations; a graph that no float leads through is only evaluated.")
            .WithExample("A model", """{ "name": "squared-sum" }""").Produces<UmBridgeModelInfo>();
        calls.MapPost("/InputSizes", (HttpContext context, UmBridgeService service) => service.InputSizesAsync(context))
            .WithName("UmBridgeInputSizes")
            .WithSummary("How many elements each input has")
            .WithDescription("By the declared shapes. An input that declares none is a scalar, unless `config.shapes` gives its shape " +
                "(`{\"x\":[2,3]}`); `config.dimensions` binds symbolic dimensions (`{\"batch\":4}`). "
                + "int64 and bool inputs (0 and 1) are inputs too, without derivatives. Other members of `config` are left alone.")
            .WithExample("A model", """{ "name": "squared-sum", "config": {} }""").Produces<UmBridgeInputSizes>();
        calls.MapPost("/OutputSizes", (HttpContext context, UmBridgeService service) => service.OutputSizesAsync(context))
            .WithName("UmBridgeOutputSizes")
            .WithSummary("How many elements each output has")
            .WithDescription("For the shapes of `/InputSizes`.")
            .WithExample("A model", """{ "name": "squared-sum", "config": {} }""").Produces<UmBridgeOutputSizes>();
        calls.MapPost("/Evaluate", (HttpContext context, UmBridgeService service) => service.EvaluateAsync(context)).WithName("UmBridgeEvaluate")
            .WithSummary("The outputs")
            .WithDescription("A list of numbers for each output. A NaN or an infinity is 500 `InvalidOutput`, as the protocol has no form for it.")
            .WithExample("At one point", $$"""{ "name": "squared-sum", {{Point}}, "config": {} }""").Produces<UmBridgeOutputs>();
        calls.MapPost("/Gradient", (HttpContext context, UmBridgeService service) => service.GradientAsync(context)).WithName("UmBridgeGradient")
            .WithSummary("Jᵀ · sens")
            .WithDescription("The gradient of sensᵀ · output `outWrt` by input `inWrt`.")
            .WithExample("By the first input", $$"""{ "name": "squared-sum", "outWrt": 0, "inWrt": 0, {{Point}}, "sens": [1], "config": {} }""")
                .Produces<UmBridgeProduct>();
        calls.MapPost("/ApplyJacobian", (HttpContext context, UmBridgeService service) => service.ApplyJacobianAsync(context))
            .WithName("UmBridgeApplyJacobian")
            .WithSummary("J · vec")
            .WithDescription("How output `outWrt` changes when input `inWrt` moves along `vec`.")
            .WithExample("Along the first input", $$"""{ "name": "squared-sum", "outWrt": 0, "inWrt": 0, {{Point}}, "vec": [1], "config": {} }""")
                .Produces<UmBridgeProduct>();
        calls.MapPost("/ApplyHessian", (HttpContext context, UmBridgeService service) => service.ApplyHessianAsync(context))
            .WithName("UmBridgeApplyHessian")
            .WithSummary("Second derivatives along a direction")
            .WithDescription("How the gradient of sensᵀ · output `outWrt` by input `inWrt1` changes when input `inWrt2` moves along `vec`.")
            .WithExample("By the first input, along the second",
                $$"""{ "name": "squared-sum", "outWrt": 0, "inWrt1": 0, "inWrt2": 1, {{Point}}, "sens": [1], "vec": [1], "config": {} }""")
                .Produces<UmBridgeProduct>();
    }

    private const string Point = "\"input\": [[2], [-3], [10]]";

    private static async Task<UmBridgeInfo> InfoAsync(GraphRegistry registry, CancellationToken cancellation) =>
        new(1.0m, await registry.NamesAsync(cancellation));
}
