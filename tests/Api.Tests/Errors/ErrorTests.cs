using System.Net;
using Backprop.Api.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Errors;

public sealed class ErrorTests(ProbeFixture probe) : IClassFixture<ProbeFixture>
{
    [Fact]
    public async Task An_unknown_route_is_404()
    {
        var problem = await (await probe.Http.GetAsync("/nothing")).ShouldBeProblemAsync(HttpStatusCode.NotFound);
        problem["detail"]!.GetValue<string>().ShouldContain("/nothing");
    }

    [Fact]
    public async Task Errors_are_json_whatever_is_accepted()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/nothing") { Headers = { { "Accept", "text/html" } } };
        await (await probe.Http.SendAsync(request)).ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_wrong_method_is_405_and_names_the_right_ones()
    {
        var response = await probe.Http.DeleteAsync("/large");
        await response.ShouldBeProblemAsync(HttpStatusCode.MethodNotAllowed);
        response.Content.Headers.Allow.ShouldBe(["GET", "HEAD", "OPTIONS"], ignoreOrder: true);
    }

    [Fact]
    public async Task Head_answers_where_get_does_without_a_body()
    {
        var found = await probe.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/large"));
        found.StatusCode.ShouldBe(HttpStatusCode.OK);
        var missing = await probe.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/nothing"));
        missing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        missing.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await missing.Content.ReadAsStringAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_graph_error_names_path_and_node()
    {
        var problem = await (await probe.Http.GetAsync("/throw/graph")).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.ErrorAt("graph.nodes[1].inputs[0]").ShouldBe("There is no value 'q'.");
        problem["node"]!.GetValue<string>().ShouldBe("e");
    }

    [Fact]
    public async Task An_error_of_a_parallel_loop_is_the_error_inside() =>
        (await (await probe.Http.GetAsync("/throw/parallel")).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).ErrorAt("graph").ShouldBe("Inside.");

    [Fact]
    public async Task A_limit_error_names_limit_value_and_what_was_asked()
    {
        var problem = await (await probe.Http.GetAsync("/throw/limit")).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.ErrorAt("graph.nodes").ShouldBe("Limits:MaxNodes is 10, asked were 20 nodes");
        problem["limit"]!.ToJsonString().ShouldBe("""{"name":"Limits:MaxNodes","value":10}""");
    }

    [Fact]
    public async Task Memory_running_out_is_503_with_a_time_to_come_again()
    {
        var response = await probe.Http.GetAsync("/throw/memory");
        await response.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_fault_is_500_and_tells_only_where_to_look()
    {
        var problem = await (await probe.Http.GetAsync("/throw/fault")).ShouldBeProblemAsync(HttpStatusCode.InternalServerError);
        problem.ToJsonString().ShouldNotContain("secret");
        problem["traceId"]!.GetValue<string>().ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("/bound", "The parameter limit is required.")]
    [InlineData("/bound?limit=many", "limit must be a whole number; got 'many'.")]
    public async Task A_query_that_does_not_bind_is_400_at_its_parameter(string uri, string message)
    {
        var problem = await (await probe.Http.GetAsync(uri)).ShouldBeProblemAsync(HttpStatusCode.BadRequest);
        problem.ErrorAt("limit").ShouldBe(message);
    }
}
