using System.Net;
using Backprop.Api.Features.Graphs;
using Backprop.Api.Platform.Headers;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Routes;
using Backprop.Infrastructure.Persistence;
using Arrays = System.Collections.Generic.IReadOnlyDictionary<string, Backprop.Api.Protocols.Tesseract.TesseractArray>;

namespace Backprop.Api.Protocols.Tesseract;

/// <summary>
/// Every registered graph as a Tesseract (https://docs.pasteurlabs.ai/projects/tesseract-core) at <c>/tesseracts/{name}</c>, by id or alias: the URL
/// for its SDK and its bridges to JAX and PyTorch.
/// </summary>
internal static class TesseractRoutes
{
    private const string Example = "squared-sum";
    private const string Point = "\"inputs\": { \"a\": 2, \"b\": -3, \"c\": { \"object_type\": \"array\", \"shape\": [], \"dtype\": \"float64\", " +
        "\"data\": { \"buffer\": 10, \"encoding\": \"json\" } } }";

    /// <summary>Maps the routes.</summary>
    public static void MapTesseracts(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/tesseracts/{name}").WithTags("Tesseract").WithMetadata(TesseractErrors.Form, new AnyQuery());
        Compute("/apply", (service, context, name) => service.ApplyAsync(context, name), "Evaluate the outputs",
            "Arrays are encoded (`json` or `base64`), nested lists or numbers; answers use base64 if `Accept` is `application/json+base64`. Inputs " +
            "without a declared dtype are float64; float16 and other integers are converted, complex numbers are rejected.",
            $$"""{ {{Point}} }""").Produces<Arrays>();
        Compute("/jacobian", (service, context, name) => service.JacobianAsync(context, name), "Compute Jacobians",
            "By output, then input; each block has the shape output + input.", $$"""{ {{Point}}, "jac_inputs": ["a", "b"], "jac_outputs": ["L"] }""")
            .Produces<IReadOnlyDictionary<string, Arrays>>();
        Compute("/jacobian_vector_product", (service, context, name) => service.JacobianVectorProductAsync(context, name),
            "Compute Jacobian-vector products",
            "Forward mode. The keys of `tangent_vector` must be those of `jvp_inputs`.",
                $$"""{ {{Point}}, "jvp_inputs": ["a"], "jvp_outputs": ["L"], "tangent_vector": { "a": 1 } }""")
            .Produces<Arrays>();
        Compute("/vector_jacobian_product", (service, context, name) => service.VectorJacobianProductAsync(context, name),
            "Compute vector-Jacobian products",
            "Reverse mode. The keys of `cotangent_vector` must be those of `vjp_outputs`.",
                $$"""{ {{Point}}, "vjp_inputs": ["a", "b"], "vjp_outputs": ["L"], "cotangent_vector": { "L": 1 } }""")
            .Produces<Arrays>();
        Compute("/abstract_eval", (service, context, name) => service.AbstractEvalAsync(context, name),
            "Infer the types of the outputs",
            "From the types of the inputs, without running the graph. An input whose value determines a shape must be given in full.",
            """
            { "inputs": { "a": { "shape": [3], "dtype": "float64" }, "b": { "shape": [3], "dtype": "float64" },
                          "c": { "shape": [], "dtype": "float64" } } }
            """).Produces<IReadOnlyDictionary<string, TesseractArrayType>>();
        Look("/health", "Health", HealthAsync, "Check that the model exists", "404 if no graph is registered under this name.");
        Look("/openapi.json", "Document", DocumentAsync, "Get the OpenAPI document of the model",
            "For the SDK and the bridges: endpoints, names, and which arrays have derivatives.")
            .RequireCompute().Produces<IReadOnlyDictionary<string, object>>();
        Look("/docs", "Page", PageAsync, "Get a page about the model", "Lists its routes and links to its OpenAPI document.")
            .RequireCompute().Produces<string>(StatusCodes.Status200OK, "text/html");

        RouteHandlerBuilder Compute(string path, Func<TesseractService, HttpContext, string, Task> handler, string summary, string description,
            string example) => group
            .MapPost(path, (HttpContext context, string name, TesseractService service) => handler(service, context, name)).RequireCompute()
            .WithName(Name(path)).WithSummary(summary).WithDescription(description).WithParameterExample("name", Example)
                .WithExample("A model", example);

        RouteHandlerBuilder Look(string path, string name, Delegate handler, string summary, string description) => group
            .MapGet(path, handler).WithName("Tesseract" + name).WithSummary(summary).WithDescription(description)
                .WithParameterExample("name", Example);
    }

    // TesseractJacobianVectorProduct.
    private static string Name(string path) =>
        "Tesseract" + string.Concat(path[1..].Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static async Task<TesseractHealth> HealthAsync(string name, GraphRegistry registry, CancellationToken cancellationToken)
    {
        if (await registry.IdOfAsync(name, cancellationToken) is null)
        {
            throw await registry.UnknownAsync(name, cancellationToken);
        }

        return new TesseractHealth("ok");
    }

    private static async Task<IResult> DocumentAsync(string name, TesseractService service, RequestBudget budget) =>
        TypedResults.Text(new TesseractSchema(name, await service.FindAsync(name, budget)).Document().ToJsonString(), TesseractAccept.Plain);

    private static async Task<IResult> PageAsync(string name, HttpContext context, TesseractService service, RequestBudget budget)
    {
        RegisteredModel model = await service.FindAsync(name, budget);
        SecurityHeaders.ForPage(context);
        string title = WebUtility.HtmlEncode(name);
        string arrays = WebUtility.HtmlEncode($"{string.Join(", ", model.Definition.Inputs.Select(input => input.Name))} → " +
            $"{string.Join(", ", model.Definition.Outputs)}");
        return TypedResults.Text(
            $"<!DOCTYPE html><html lang=\"en\"><head><meta " +
                $"charset=\"utf-8\"><title>{title}</title></head><body><h1>{title}</h1><p>{arrays}</p><p><a " +
                $"href=\"openapi.json\">openapi.json</a> describes its endpoints.</p></body></html>",
            "text/html");
    }
}
