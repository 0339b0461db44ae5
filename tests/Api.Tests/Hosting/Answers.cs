using System.Net;
using System.Text.Json.Nodes;
using Shouldly;

namespace Backprop.Api.Tests.Hosting;

/// <summary>Assertions about an answer.</summary>
public static class Answers
{
    /// <summary>Asserts a problem with this status, and returns its body.</summary>
    public static async Task<JsonObject> ShouldBeProblemAsync(this HttpResponseMessage response, HttpStatusCode status)
    {
        var body = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(status, body);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = JsonNode.Parse(body).ShouldBeOfType<JsonObject>();
        problem["status"]!.GetValue<int>().ShouldBe((int)status);
        problem["title"]!.GetValue<string>().ShouldNotBeNullOrWhiteSpace();
        problem["detail"]!.GetValue<string>().ShouldNotBeNullOrWhiteSpace();
        body.ShouldNotContain("   at ");
        return problem;
    }

    /// <summary>Asserts one error at this path, and returns its message.</summary>
    public static string ErrorAt(this JsonObject problem, string path)
    {
        var errors = problem["errors"].ShouldBeOfType<JsonObject>();
        errors.Select(error => error.Key).ShouldContain(path);
        return errors[path]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>();
    }
}
