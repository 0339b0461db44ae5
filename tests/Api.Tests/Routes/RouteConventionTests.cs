using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Routes;
using Backprop.Api.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Routes;

/// <summary>What HTTP tools expect of every route.</summary>
public sealed class RouteConventionTests(MappedRoutes routes) : IClassFixture<MappedRoutes>
{
    private IEnumerable<string> Gets => routes.All.Where(route => route.Method == "GET").Select(route => route.Path).Distinct();

    [Fact]
    public async Task Every_get_answers_head_with_the_same_status_and_headers()
    {
        foreach (string path in Gets)
        {
            using HttpResponseMessage get = await routes.SendAsync("GET", path), head = await routes.SendAsync("HEAD", path);
            head.StatusCode.ShouldBe(get.StatusCode, path);
            head.Content.Headers.ContentType.ShouldBe(get.Content.Headers.ContentType, path);
            (await head.Content.ReadAsByteArrayAsync()).ShouldBeEmpty(path);
        }
    }

    [Fact]
    public async Task Every_route_answers_options_with_its_methods()
    {
        foreach (var route in routes.All.GroupBy(route => route.Path, route => route.Method, StringComparer.OrdinalIgnoreCase))
        {
            using HttpResponseMessage response = await routes.SendAsync("OPTIONS", route.Key);
            response.StatusCode.ShouldBe(HttpStatusCode.NoContent, route.Key);
            string[] expected = [.. route.Distinct(), "OPTIONS", .. route.Contains("GET") ? new[] { "HEAD" } : []];
            foreach (string method in expected)
            {
                response.Content.Headers.Allow.ShouldContain(method, route.Key);
            }
        }
    }

    [Fact]
    public async Task Every_route_names_its_methods_to_a_request_with_another()
    {
        foreach (var route in routes.All.GroupBy(route => route.Path, route => route.Method, StringComparer.OrdinalIgnoreCase))
        {
            using HttpResponseMessage response = await routes.SendAsync("TRACE", route.Key);
            await response.ShouldBeProblemAsync(HttpStatusCode.MethodNotAllowed);
            response.Content.Headers.Allow.ShouldContain(route.First());
        }
    }

    [Fact]
    public async Task Every_route_of_the_service_rejects_unknown_query_parameters()
    {
        int rejected = 0;
        foreach (var route in routes.All.Where(route => route.Endpoint.Metadata.GetMetadata<AnyQuery>() is null
            && route.Endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.IExcludeFromDescriptionMetadata>() is null))
        {
            using HttpResponseMessage response = await routes.SendAsync(route.Method, $"{route.Path}?zzz=1");
            JsonObject problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest);
            problem.ErrorAt("zzz").ShouldStartWith("Unknown query parameter 'zzz'. This route takes ");
            rejected++;
        }

        rejected.ShouldBeGreaterThan(50);
    }

    [Theory]
    [InlineData("/questions?search=loss", "search", "did you mean 'q'?")]
    [InlineData("/questions?type=trueFalse", "type", "did you mean 'kind'?")]
    [InlineData("/questions?page=2", "page", "did you mean 'cursor'?")]
    [InlineData("/questions?offset=5", "offset", "did you mean 'cursor'?")]
    [InlineData("/questions?companies=Google", "companies", "did you mean 'company'?")]
    [InlineData("/questions?difficulty[value]=easy", "difficulty[value]", "did you mean 'difficulty'?")]
    [InlineData("/graphs?size=5", "size", "This route takes limit, cursor.")]
    [InlineData("/devices?all=1", "all", "This route takes no query parameters.")]
    public async Task An_unknown_query_parameter_has_a_near_one(string uri, string name, string hint) =>
        (await (await routes.Http.GetAsync(uri)).ShouldBeProblemAsync(HttpStatusCode.BadRequest)).ErrorAt(name).ShouldContain(hint);

    [Theory]
    [InlineData("/questions?Kind=TRUEFALSE&limit=1")]
    [InlineData("/questions?difficulty=Medium")]
    [InlineData("/api.php?amount=1&foo=1")]
    public async Task Names_of_parameters_and_of_values_ignore_case(string uri) => (await routes.Http.GetAsync(uri)).StatusCode.ShouldBe(HttpStatusCode.OK);

    [Fact]
    public async Task An_answer_with_a_tag_is_not_sent_twice()
    {
        var tagged = new List<string>();
        foreach (string path in Gets)
        {
            using HttpResponseMessage first = await routes.SendAsync("GET", path);
            if (first.Headers.ETag is not { } tag)
            {
                continue;
            }

            tagged.Add(path.TrimEnd('/'));
            using var again = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { IfNoneMatch = { tag } } };
            using HttpResponseMessage second = await routes.Http.SendAsync(again);
            second.StatusCode.ShouldBe(HttpStatusCode.NotModified, path);
            (await second.Content.ReadAsByteArrayAsync()).ShouldBeEmpty(path);
        }

        foreach (string path in (string[])["/operators", "/models", "/hardware", "/questions", "/questions/facets", "/graphs/squared-sum",
            "/graphs/squared-sum/gradient-graph", "/graphs/squared-sum/training-step"])
        {
            tagged.ShouldContain(path);
        }
    }

    [Theory]
    [InlineData("/graphs/squared-sum?dimension=4")]
    [InlineData("/graphs/squared-sum/gradient-graph?wrt=z")]
    [InlineData("/graphs/squared-sum/training-step?output=z")]
    public async Task No_tag_hides_a_fault(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { IfNoneMatch = { EntityTagHeaderValue.Any } } };
        await (await routes.Http.SendAsync(request)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task The_forms_of_a_graph_have_tags_of_their_own()
    {
        async Task<EntityTagHeaderValue?> TagAsync(string accept)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/graphs/squared-sum") { Headers = { { "Accept", accept } } };
            return (await routes.Http.SendAsync(request)).Headers.ETag;
        }

        (await TagAsync("application/onnx")).ShouldNotBe(await TagAsync("application/json"));
    }

    [Theory]
    [InlineData("/docs", HttpStatusCode.Redirect, null)]
    [InlineData("/redoc", HttpStatusCode.Redirect, null)]
    [InlineData("/openapi.json", HttpStatusCode.OK, "application/json")]
    [InlineData("/health", HttpStatusCode.OK, "application/json")]
    [InlineData("/favicon.ico", HttpStatusCode.OK, "image/svg+xml")]
    [InlineData("/favicon.ico?v=2", HttpStatusCode.OK, "image/svg+xml")]
    public async Task Well_known_paths_answer(string path, HttpStatusCode status, string? type)
    {
        using HttpResponseMessage response = await routes.Http.GetAsync(path);
        response.StatusCode.ShouldBe(status);
        response.Content.Headers.ContentType?.MediaType.ShouldBe(type);
    }

    [Fact]
    public async Task The_document_is_the_same_at_its_usual_path() =>
        (await routes.Http.GetStringAsync("/openapi.json")).ShouldBe(await routes.Http.GetStringAsync("/swagger/v1/swagger.json"));

    [Fact]
    public async Task Problems_state_their_charset()
    {
        using HttpResponseMessage response = await routes.Http.GetAsync("/nothing");
        response.Content.Headers.ContentType.ShouldBe(MediaTypeHeaderValue.Parse($"{ProblemWriter.ContentType}; charset=utf-8"));
    }
}
