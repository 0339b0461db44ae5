using System.Text.Json;
using System.Text.Json.Nodes;
using Backprop.Api.Tests.Hosting;
using Json.Schema;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.OpenApi;

/// <summary>Every example in the document (of a parameter, a body, an answer or a schema) fits the schema beside it.</summary>
public sealed class SchemaTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly EvaluationOptions Details = new() { OutputFormat = OutputFormat.List };

    [Fact]
    public async Task Every_example_fits_its_schema()
    {
        ApiDocument document = await ApiDocument.ReadAsync(api.Http);
        JsonNode definitions = Translated(document.Json["components"]!["schemas"]!)!;
        var failures = new List<string>();
        int examples = 0;
        foreach ((string path, JsonNode schema, JsonNode example) in Examples(document.Json, ""))
        {
            examples++;
            var text = new JsonObject
            {
                ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
                ["$defs"] = definitions.DeepClone(),
                ["allOf"] = new JsonArray(Translated(schema)),
            };
            EvaluationResults results = JsonSchema.FromText(text.ToJsonString()).Evaluate(JsonSerializer.SerializeToElement(example), Details);
            if (!results.IsValid)
            {
                failures.Add($"{path}: {string.Join("; ", (results.Details ?? []).Where(detail => detail.Errors is { Count: > 0 })
                    .Select(detail => $"{detail.InstanceLocation} {string.Join(", ", detail.Errors!.Values)}").Take(6))}");
            }
        }

        failures.ShouldBeEmpty();
        examples.ShouldBeGreaterThan(document.Operations.Count());
    }

    [Fact]
    public void A_wrong_example_is_found()
    {
        var parameter = JsonNode.Parse("""{"name":"n","schema":{"type":"number"},"example":"1e10"}""");
        (_, JsonNode schema, JsonNode example) = Examples(parameter, "").ShouldHaveSingleItem();
        JsonSchema.FromText(Translated(schema)!.ToJsonString()).Evaluate(JsonSerializer.SerializeToElement(example)).IsValid.ShouldBeFalse();
    }

    // Objects that have a schema beside their examples, and schemas with an example of their own.
    private static IEnumerable<(string Path, JsonNode Schema, JsonNode Example)> Examples(JsonNode? node, string path)
    {
        if (node is JsonArray list)
        {
            return list.SelectMany((item, i) => Examples(item, $"{path}/{i}"));
        }

        if (node is not JsonObject members)
        {
            return [];
        }

        var found = new List<(string, JsonNode, JsonNode)>();
        JsonNode? schema = members["schema"] is JsonObject beside ? beside : IsSchema(members) ? members : null;
        if (schema is not null && members["example"] is { } example)
        {
            found.Add(($"{path}/example", schema, example));
        }

        foreach ((string name, JsonNode? named) in schema is null ? [] : members["examples"]?.AsObject() ?? [])
        {
            found.Add(($"{path}/examples/{name}", schema!, named!["value"]!));
        }

        return found.Concat(members.Where(member => member.Key is not ("example" or "examples")).SelectMany(member => Examples(member.Value, $"{path}/{member.Key}")));
    }

    private static bool IsSchema(JsonObject members) => members.ContainsKey("type") || members.ContainsKey("oneOf") || members.ContainsKey("allOf");

    // From OpenAPI 3.0 to JSON Schema: only references and `nullable` differ.
    private static JsonNode? Translated(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            return new JsonArray([.. list.Select(Translated)]);
        }

        if (node is not JsonObject members)
        {
            return node?.DeepClone();
        }

        var translated = new JsonObject(members
            .Where(member => member.Key is not ("nullable" or "example") || member.Value is JsonObject)
            .Select(member => KeyValuePair.Create(member.Key, member.Key == "$ref" ? Definition((string)member.Value!) : Translated(member.Value))));
        return members["nullable"]?.GetValueKind() == JsonValueKind.True
            ? new JsonObject { ["anyOf"] = new JsonArray(translated, new JsonObject { ["type"] = "null" }) }
            : translated;
    }

    private static JsonNode Definition(string reference) => reference.Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal);
}
