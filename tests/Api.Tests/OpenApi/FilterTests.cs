using System.Text.Json.Nodes;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Security;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Derivatives;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.OpenApi;

/// <summary>How the conventions of a route appear in the document.</summary>
public sealed class FilterTests
{
    [Fact]
    public async Task A_compute_route_shows_body_example_errors_and_optional_key()
    {
        var operation = (await DocumentAsync())["paths"]!["/evaluate"]!["post"]!;
        var content = operation["requestBody"]!["content"]!["application/json"]!;
        content["schema"]!["$ref"]!.GetValue<string>().ShouldBe("#/components/schemas/EvaluationRequest");
        content["examples"]!["A square"]!["value"]!.ToJsonString().ShouldBe("""{"expression":"y = x^2","inputs":{"x":3}}""");
        Statuses(operation).ShouldBe(["200", "400", "401", "404", "413", "415", "422", "429", "503"], ignoreOrder: true);
        operation["security"]!.AsArray().Count.ShouldBe(2);
        operation["parameters"].ShouldBeNull();
    }

    [Fact]
    public async Task A_write_shows_its_key_and_the_example_of_its_parameter()
    {
        var operation = (await DocumentAsync())["paths"]!["/stored/{id}"]!["delete"]!;
        operation["parameters"]![0]!["example"]!.GetValue<string>().ShouldBe("square");
        operation["security"]!.AsArray().ShouldHaveSingleItem()!.ToJsonString().ShouldBe("""{"apiKey":[]}""");
        Statuses(operation).ShouldBe(["204", "400", "401", "403", "404", "507"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_value_shows_all_its_forms()
    {
        var schemas = (await DocumentAsync())["components"]!["schemas"]!;
        var forms = schemas["TensorValue"]!["anyOf"]!.AsArray().Select(form => (string?)form!["title"] ?? ((string)form["$ref"]!).Split('/')[^1]);
        forms.ShouldBe(["FlatTensor", "Base64Tensor", "nested", "number", "boolean", "nonFinite"]);
        schemas["Node"]!["properties"]!["inputs"]!["items"]!["oneOf"]!.AsArray().Count.ShouldBe(2);
        schemas["DeviceChoice"]!["enum"]!.ToJsonString().ShouldBe("""["auto","host","cuda","opencl","ilgpuCpu"]""");
    }

    private static async Task<JsonNode> DocumentAsync()
    {
        await using var app = await ProbeApp.StartAsync(Map);
        return JsonNode.Parse(await app.Http.GetStringAsync("/swagger/v1/swagger.json"))!;
    }

    private static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/evaluate", (JsonBody<EvaluationRequest> body, RequestBudget budget) => TypedResults.Ok(body.Value.Expression))
            .RequireCompute().WithTags("Derivatives").WithExample("A square", """{"expression":"y = x^2","inputs":{"x":3}}""");
        routes.MapDelete("/stored/{id}", (string id) => TypedResults.NoContent())
            .RequireWriteKey().WithTags("Graphs").WithParameterExample("id", "square");
    }

    private static IEnumerable<string> Statuses(JsonNode operation) => operation["responses"]!.AsObject().Select(entry => entry.Key);
}
