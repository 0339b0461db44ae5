using System.Text.Json.Nodes;
using Backprop.Api.Tests.Architecture;
using Backprop.Api.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.OpenApi;

/// <summary>
/// The document is committed, so that changes of the contract show in review. <c>UPDATE_OPENAPI=1 dotnet test tests/Api.Tests</c> rewrites it.
/// </summary>
public sealed class DocumentTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Uri = "/swagger/v1/swagger.json";

    [Fact]
    public async Task The_committed_document_is_the_served_one()
    {
        var served = (await api.Http.GetStringAsync(Uri)).ReplaceLineEndings("\n") + "\n";
        var path = Repository.PathOf("src/Api/openapi.json");
        if (Environment.GetEnvironmentVariable("UPDATE_OPENAPI") == "1")
        {
            await File.WriteAllTextAsync(path, served);
        }

        served.ShouldBe(await File.ReadAllTextAsync(path), "UPDATE_OPENAPI=1 dotnet test tests/Api.Tests writes src/Api/openapi.json anew.");
    }

    [Fact]
    public async Task The_document_names_no_server() => (await DocumentAsync()).ContainsKey("servers").ShouldBeFalse();

    [Fact]
    public async Task Every_operation_is_described()
    {
        foreach (var (name, operation) in Operations(await DocumentAsync()))
        {
            ((string?)operation["summary"]).ShouldNotBeNullOrWhiteSpace(name);
            ((string?)operation["description"]).ShouldNotBeNullOrWhiteSpace(name);
            ((string?)operation["operationId"]).ShouldNotBeNullOrWhiteSpace(name);
            operation["tags"]!.AsArray().Count.ShouldBe(1, name);
        }
    }

    [Fact]
    public async Task Every_error_is_a_problem()
    {
        foreach (var (name, operation) in Operations(await DocumentAsync()))
        {
            foreach (var (status, response) in operation["responses"]!.AsObject().Where(entry => entry.Key[0] is '4'))
            {
                response!["content"]!.AsObject().Select(content => content.Key).ShouldBe(["application/problem+json"], $"{name} {status}");
            }
        }
    }

    [Fact]
    public async Task Every_body_has_an_example_and_every_path_parameter_too()
    {
        foreach (var (name, operation) in Operations(await DocumentAsync()))
        {
            foreach (var content in (operation["requestBody"]?["content"]?.AsObject() ?? []).Where(content => (string?)content.Value!["schema"]?["format"] != "binary"))
            {
                content.Value!["examples"]!.AsObject().Count.ShouldBeGreaterThan(0, name);
            }

            foreach (var parameter in (operation["parameters"]?.AsArray() ?? []).Where(parameter => (string?)parameter!["in"] == "path"))
            {
                parameter!["example"].ShouldNotBeNull($"{name} {parameter["name"]}");
            }
        }
    }

    private async Task<JsonObject> DocumentAsync() => JsonNode.Parse(await api.Http.GetStringAsync(Uri))!.AsObject();

    private static IEnumerable<(string Name, JsonObject Operation)> Operations(JsonObject document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select ($"{operation.Key} {path.Key}", operation.Value!.AsObject());
}
