using System.Text;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.Requests;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Infrastructure.Formats.Onnx;
using Backprop.Infrastructure.Formats.Onnx.Export;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Features.Graphs;

/// <summary>Answers with a graph: as JSON, or as an ONNX model if the client prefers it.</summary>
/// <param name="engine">Types graphs.</param>
internal sealed class GraphAnswer(DerivativeEngine engine)
{
    /// <summary>The graph in the form that the client prefers.</summary>
    /// <param name="context">The request.</param>
    /// <param name="name">The name of the graph in a model.</param>
    /// <param name="definition">The graph.</param>
    /// <param name="dimensions">Extents for symbolic dimensions; a model states its extents in numbers.</param>
    /// <param name="budget">The time budget.</param>
    /// <param name="json">The graph's JSON, if it is known.</param>
    /// <exception cref="GraphException">A model is requested, and the declarations do not determine the types of the graph.</exception>
    public Results<ContentHttpResult, FileContentHttpResult, StatusCodeHttpResult> Of(
        HttpContext context, string name, Func<GraphDefinition> definition, IReadOnlyDictionary<string, int> dimensions, RequestBudget budget,
            string? json = null)
    {
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        if (!PreferredFormat.Is(OnnxMediaType.Name, context.Request))
        {
            string text = json ?? Encoding.UTF8.GetString(GraphJson.Write(definition(), budget.Token));
            DataRates.Expect(context, text.Length);
            return TypedResults.Text(text, JsonMediaType.Plain, Encoding.UTF8);
        }

        BoundGraph bound = engine.Typed(definition(), dimensions, budget.Token);
        byte[] model = ModelWriter.Write(OnnxExport.Of(bound, name, budget.Token), budget.Token);
        DataRates.Expect(context, model.Length);
        return TypedResults.Bytes(model, OnnxMediaType.Name);
    }
}
