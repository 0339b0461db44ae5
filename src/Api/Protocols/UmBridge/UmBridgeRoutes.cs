using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Routes;
using Backprop.Infrastructure.Persistence;

namespace Backprop.Api.Protocols.UmBridge;

/// <summary>
/// UM-Bridge 1.0 (https://um-bridge-benchmarks.readthedocs.io) over registered graphs: a model's name is a graph's id or alias, its inputs and
/// outputs are those of the graph, flattened. Clients send no media type, and read only the two keys of an error.
/// </summary>
internal static class UmBridgeRoutes
{
    /// <summary>Maps the routes.</summary>
    public static void MapUmBridge(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("").WithTags("UM-Bridge").WithMetadata(UmBridgeErrors.Form, new AnyQuery());
        group.MapGet("/Info", InfoAsync).WithName("UmBridgeInfo").WithSummary("List the models")
            .WithDescription("Returns the aliases of the registered graphs, then their ids, each in the order of registration.");
        RouteGroupBuilder calls = group.MapGroup("").RequireCompute();
        calls.MapPost("/ModelInfo", (HttpContext context, UmBridgeService service) => service.ModelInfoAsync(context)).WithName("UmBridgeModelInfo")
            .WithSummary("Get the operations that a model supports")
            .WithDescription("All four operations; only evaluation if no float input affects a float output.")
            .WithExample("A model", """{ "name": "squared-sum" }""").Produces<UmBridgeModelInfo>();
        calls.MapPost("/InputSizes", (HttpContext context, UmBridgeService service) => service.InputSizesAsync(context))
            .WithName("UmBridgeInputSizes")
            .WithSummary("Get the sizes of the inputs")
            .WithDescription("From the declared shapes. An input without a declared shape is a scalar unless `config.shapes` gives its shape " +
                "(`{\"x\":[2,3]}`); `config.dimensions` binds symbolic dimensions (`{\"batch\":4}`). int64 and bool inputs (0 and 1) are inputs " +
                "too, without derivatives. Other members of `config` are ignored.")
            .WithExample("A model", """{ "name": "squared-sum", "config": {} }""").Produces<UmBridgeInputSizes>();
        calls.MapPost("/OutputSizes", (HttpContext context, UmBridgeService service) => service.OutputSizesAsync(context))
            .WithName("UmBridgeOutputSizes")
            .WithSummary("Get the sizes of the outputs")
            .WithDescription("For the shapes of `/InputSizes`.")
            .WithExample("A model", """{ "name": "squared-sum", "config": {} }""").Produces<UmBridgeOutputSizes>();
        calls.MapPost("/Evaluate", (HttpContext context, UmBridgeService service) => service.EvaluateAsync(context)).WithName("UmBridgeEvaluate")
            .WithSummary("Evaluate the outputs")
            .WithDescription("Returns a list of numbers per output. A NaN or an infinity gets 500 `InvalidOutput`, since the protocol cannot " +
                "represent it.")
            .WithExample("At one point", $$"""{ "name": "squared-sum", {{Point}}, "config": {} }""").Produces<UmBridgeOutputs>();
        calls.MapPost("/Gradient", (HttpContext context, UmBridgeService service) => service.GradientAsync(context)).WithName("UmBridgeGradient")
            .WithSummary("Compute Jᵀ · sens")
            .WithDescription("The gradient of sensᵀ · output `outWrt` with respect to input `inWrt`.")
            .WithExample(
                "With respect to the first input",
                 $$"""{ "name": "squared-sum", "outWrt": 0, "inWrt": 0, {{Point}}, "sens": [1], "config": {} }""")
                .Produces<UmBridgeProduct>();
        calls.MapPost("/ApplyJacobian", (HttpContext context, UmBridgeService service) => service.ApplyJacobianAsync(context))
            .WithName("UmBridgeApplyJacobian")
            .WithSummary("Compute J · vec")
            .WithDescription("How output `outWrt` changes when input `inWrt` moves along `vec`.")
            .WithExample("Along the first input", $$"""{ "name": "squared-sum", "outWrt": 0, "inWrt": 0, {{Point}}, "vec": [1], "config": {} }""")
                .Produces<UmBridgeProduct>();
        calls.MapPost("/ApplyHessian", (HttpContext context, UmBridgeService service) => service.ApplyHessianAsync(context))
            .WithName("UmBridgeApplyHessian")
            .WithSummary("Compute Hessian-vector products")
            .WithDescription("How the gradient of sensᵀ · output `outWrt` with respect to input `inWrt1` changes when input `inWrt2` moves along " +
                "`vec`.")
            .WithExample("With respect to the first input, along the second",
                $$"""{ "name": "squared-sum", "outWrt": 0, "inWrt1": 0, "inWrt2": 1, {{Point}}, "sens": [1], "vec": [1], "config": {} }""")
                .Produces<UmBridgeProduct>();
    }

    private const string Point = "\"input\": [[2], [-3], [10]]";

    private static async Task<UmBridgeInfo> InfoAsync(GraphRegistry registry, CancellationToken cancellationToken) =>
        new(1.0m, await registry.NamesAsync(cancellationToken));
}
