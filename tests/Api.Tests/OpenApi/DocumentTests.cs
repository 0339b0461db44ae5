using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Backprop.Api.Tests.Architecture;
using Backprop.Api.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.OpenApi;

/// <summary>
/// The document is committed, so that changes of the contract show in review. <c>UPDATE_OPENAPI=1 dotnet test tests/Api.Tests --filter OpenApi</c>
/// records the answers that it shows and rewrites it.
/// </summary>
public sealed partial class DocumentTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task The_committed_document_is_the_served_one()
    {
        string path = Repository.PathOf("src/Api/openapi.json");
        bool isUpdate = Environment.GetEnvironmentVariable("UPDATE_OPENAPI") == "1";
        if (isUpdate)
        {
            await AnswerRecording.UpdateAsync(api);
        }

        string served = (await api.Http.GetStringAsync(ApiDocument.Uri)).ReplaceLineEndings("\n") + "\n";
        if (isUpdate)
        {
            await File.WriteAllTextAsync(path, served);
        }

        served.ShouldBe(await File.ReadAllTextAsync(path), "UPDATE_OPENAPI=1 dotnet test tests/Api.Tests --filter OpenApi writes src/Api/openapi.json anew.");
    }

    [Fact]
    public async Task The_document_says_whose_it_is_and_names_no_host()
    {
        JsonObject document = (await ApiDocument.ReadAsync(api.Http)).Json;
        document["servers"]!.AsArray().ShouldHaveSingleItem()!["url"]!.GetValue<string>().ShouldBe("/");
        document["info"]!["license"]!["name"]!.GetValue<string>().ShouldBe("MIT");
        document["info"]!["contact"]!["name"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Every_operation_and_parameter_is_described()
    {
        foreach (DocumentedOperation operation in (await ApiDocument.ReadAsync(api.Http)).Operations)
        {
            ((string?)operation.Json["summary"]).ShouldNotBeNullOrWhiteSpace($"{operation}");
            ((string)operation.Json["summary"]!).ShouldNotEndWith(".");
            ((string?)operation.Json["description"]).ShouldNotBeNullOrWhiteSpace($"{operation}");
            operation.Json["tags"]!.AsArray().Count.ShouldBe(1, $"{operation}");
            foreach (JsonNode? parameter in operation.Json["parameters"]?.AsArray() ?? [])
            {
                ((string?)parameter!["description"]).ShouldNotBeNullOrWhiteSpace($"{operation} {parameter["name"]}");
            }
        }
    }

    [Fact]
    public async Task Every_operation_has_an_id_that_is_a_name_in_any_language()
    {
        string[] ids = [.. (await ApiDocument.ReadAsync(api.Http)).Operations.Select(operation => operation.Id)];
        ids.ShouldAllBe(id => PascalCase().IsMatch(id));
        ids.ShouldBeUnique();
    }

    [Fact]
    public async Task Every_operation_states_its_security()
    {
        ApiDocument document = await ApiDocument.ReadAsync(api.Http);
        string[] known = [.. document.Json["components"]!["securitySchemes"]!.AsObject().Select(scheme => scheme.Key)];
        foreach (DocumentedOperation operation in document.Operations)
        {
            operation.Json["security"].ShouldNotBeNull($"{operation}").AsArray().SelectMany(scheme => scheme!.AsObject()).ShouldAllBe(scheme => known.Contains(scheme.Key));
        }
    }

    [Fact]
    public async Task Tags_are_described_and_those_of_external_protocols_come_last()
    {
        string[] tags = [.. (await ApiDocument.ReadAsync(api.Http)).Json["tags"]!.AsArray().Select(tag => (string)tag!["name"]!)];
        tags[0].ShouldBe("Derivatives");
        tags[^3..].ShouldBe(["UM-Bridge", "Tesseract", "OpenTDB"]);
    }

    [Fact]
    public async Task Every_operation_documents_an_error_and_our_own_are_problems()
    {
        ApiDocument document = await ApiDocument.ReadAsync(api.Http);
        foreach (DocumentedOperation operation in document.Operations)
        {
            var errors = document.Responses(operation).Where(response => response.Status[0] is '4').ToList();
            errors.ShouldNotBeEmpty($"{operation}");
            bool isExternal = (string)operation.Json["tags"]![0]! is "UM-Bridge" or "Tesseract" or "OpenTDB";
            foreach ((string status, JsonObject response) in errors)
            {
                (string mediaType, JsonNode? content) = response["content"]!.AsObject().ShouldHaveSingleItem($"{operation} {status}");
                mediaType.ShouldBe(isExternal && mediaType == "application/json" ? mediaType : "application/problem+json", $"{operation} {status}");
                content!["schema"]!["$ref"].ShouldNotBeNull($"{operation} {status}");
            }
        }
    }

    [Fact]
    public async Task Every_body_has_an_example_and_every_path_parameter_too()
    {
        foreach (DocumentedOperation operation in (await ApiDocument.ReadAsync(api.Http)).Operations)
        {
            foreach (var content in (operation.Json["requestBody"]?["content"]?.AsObject() ?? []).Where(content => (string?)content.Value!["schema"]?["format"] != "binary"))
            {
                content.Value!["examples"]!.AsObject().Count.ShouldBeGreaterThan(0, $"{operation}");
            }

            foreach (var parameter in (operation.Json["parameters"]?.AsArray() ?? []).Where(parameter => (string?)parameter!["in"] == "path"))
            {
                parameter!["example"].ShouldNotBeNull($"{operation} {parameter["name"]}");
            }
        }
    }

    [Fact]
    public async Task Every_answer_has_a_schema_and_an_example()
    {
        ApiDocument document = await ApiDocument.ReadAsync(api.Http);
        foreach (DocumentedOperation operation in document.Operations)
        {
            var answers = document.Responses(operation).Where(response => response.Status[0] is '2').SelectMany(response => response.Response["content"]?.AsObject() ?? []).ToList();
            answers.ShouldAllBe(answer => answer.Value!["schema"] != null, $"{operation}");
            if (answers.Any(answer => answer.Key == "application/json") && operation.Path != "/tesseracts/{name}/openapi.json")
            {
                answers.ShouldContain(answer => answer.Key == "application/json" && answer.Value!["examples"] != null, $"{operation}");
            }
        }
    }

    [GeneratedRegex("^([A-Z][a-z]+)+$")]
    private static partial Regex PascalCase();
}
