using System.Text.Json.Nodes;
using Backprop.Client.Costs;
using Backprop.Client.Derivatives;
using Backprop.Client.Experiments;
using Backprop.Client.Graphs;
using Backprop.Client.Practice;
using Backprop.Client.Values;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Backprop.Api.Platform.OpenApi;

/// <summary>The schemas of values with several wire forms, which reflection cannot see.</summary>
internal sealed class ValueSchemas : ISchemaFilter
{
    private const string Extents = """{"type":"array","items":{"type":"integer","format":"int64","minimum":0}}""";
    private const string Positive = """{"type":"integer","format":"int64","minimum":1}""";
    private const string NonFinite = """{"type":"string","enum":["NaN","Infinity","-Infinity"]}""";
    private const string TextOrNumber = """{"type":"string"},{"type":"number"}""";

    private static readonly Dictionary<Type, string> Schemas = new()
    {
        [typeof(TensorValue)] = $$$"""
            {"example":[[1,2],[3,4]],"anyOf":[
              {"component":"FlatTensor","type":"object","additionalProperties":false,"required":["shape","data"],
               "description":"The elements in row-major order.",
               "properties":{"shape":{{{Extents}}},"dtype":{{{DType()}}},
                 "data":{"type":"array","items":{"oneOf":[{"type":"number"},{"type":"boolean"},{{{NonFinite}}}]} } },
               "example":{"shape":[2,2],"dtype":"float64","data":[1,2,3,4]}},
              {"component":"Base64Tensor","type":"object","additionalProperties":false,"required":["shape","base64"],
               "description":"The elements in row-major order, little-endian, as base64.",
               "properties":{"shape":{{{Extents}}},"dtype":{{{DType()}}},"base64":{"type":"string","format":"byte"}},
               "example":{"shape":[2,2],"dtype":"float32","base64":"AACAPwAAAEAAAEBAAACAQA=="}},
              {"title":"nested","type":"array","items":{},"description":"Nested arrays, rectangular.","example":[[1,2],[3,4]]},
              {"title":"number","type":"number","description":"Rank 0."},
              {"title":"boolean","type":"boolean","description":"Rank 0."},
              {"title":"nonFinite",{{{NonFinite[1..^1]}}},"description":"A number that JSON has no literal for."}]}
            """,
        [typeof(NodeInput)] = $$$"""{"oneOf":[{{{TextOrNumber}}}],"example":"x"}""",
        [typeof(DimensionContract)] = """{"oneOf":[{"type":"integer","format":"int64","minimum":0},{"type":"string"}],"example":"batch"}""",
        [typeof(CheckpointingContract)] = $$$"""
            {"example":"sqrt","oneOf":[
              {"title":"strategy","type":"string","enum":["none","sqrt"],
               "description":"Keeps all values, or the ends of segments of √n of the n nodes."},
              {"title":"every","type":"object","additionalProperties":false,"required":["every"],
               "description":"Keeps the ends of segments of this many nodes.",
               "properties":{"every":{{{Positive}}} },"example":{"every":8}},
              {"title":"save","type":"object","additionalProperties":false,"required":["save"],
               "description":"Keeps the named values and everything after the last of them.",
               "properties":{"save":{"type":"array","items":{"type":"string"}} },"example":{"save":["h1","h2"]}},
              {"title":"schedule","type":"object","additionalProperties":false,"required":["schedule","slots"],
               "description":"The binomial schedule with at most this many states stored in addition to the inputs.",
               "properties":{"schedule":{"type":"string","enum":["revolve"]},"slots":{{{Positive}}} },"example":{"schedule":"revolve","slots":4}},
              {"title":"memoryBudget","type":"object","additionalProperties":false,"required":["memoryBudget"],
               "description":"The cheapest strategy whose working memory and results fit into this many bytes.",
               "properties":{"memoryBudget":{{{Positive}}} },"example":{"memoryBudget":1073741824}}]}
            """,
        [typeof(PerLayer)] = """
            {"oneOf":[{"type":"number","description":"The same for every layer."},
                      {"type":"array","items":{"type":"number"},"description":"One per layer."}],"example":4194304}
            """,
        [typeof(ScalarValue)] = $$$"""{"oneOf":[{"type":"number"},{"type":"string"},{"type":"boolean"}],"example":20}""",
        [typeof(AnswerValue)] = $$$"""
            {"example":"-24","oneOf":[{{{TextOrNumber}}},{"type":"boolean"},
              {"title":"list","type":"array","items":{"oneOf":[{{{TextOrNumber}}},{"type":"boolean"}]},
               "description":"Several choices, by letter or text.","example":["a","c"]},
              {"title":"object","type":"object","additionalProperties":{"type":"string"},
               "description":"The gradients of a derivation by name, or the line and the fix of a debugging exercise.",
               "example":{"dx":"dy @ w.T","dw":"x.T @ dy"}}]}
            """,
        [typeof(AttributeContract)] = $$$"""{"oneOf":[{{{TextOrNumber}}},{"type":"array","items":{"oneOf":[{{{TextOrNumber}}}]}}],"example":[1]}""",
    };

    /// <summary>
    /// The types whose schema stands in each member. Generators of clients take the first form for the type of the member, but only if it stands
    /// there.
    /// </summary>
    public static IEnumerable<Type> Inlined => Schemas.Keys.Where(type => type != typeof(TensorValue));

    /// <inheritdoc/>
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        // A member of the type only refers to its schema.
        if (schema is not OpenApiSchema { AllOf: null or { Count: 0 } } target || !Schemas.TryGetValue(context.Type, out var json))
        {
            return;
        }

        var forms = JsonNode.Parse(json)!.AsObject();
        target.Type = null;
        target.Properties = null;
        target.Required = null;
        target.Items = null;
        target.AdditionalPropertiesAllowed = true;
        target.AdditionalProperties = null;
        target.Examples = [forms["example"]!.DeepClone()];
        target.OneOf = Forms("oneOf");
        target.AnyOf = Forms("anyOf");

        List<IOpenApiSchema>? Forms(string keyword) =>
            forms[keyword]?.AsArray().Select(form => Form(form!.AsObject(), context.SchemaRepository)).ToList();
    }

    // Generators of clients make a type of each component. They read an object only as one of `anyOf`.
    private static IOpenApiSchema Form(JsonObject form, SchemaRepository schemas) => (string?)form["component"] is { } id
        ? schemas.AddDefinition(id, SchemaJson.Read(form))
        : SchemaJson.Read(form);

    private static string DType() => """{"type":"string","enum":["float64","float32","int64","bool"]}""";
}
