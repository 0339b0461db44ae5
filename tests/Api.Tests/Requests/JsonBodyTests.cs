using System.Net;
using Backprop.Api.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Requests;

public sealed class JsonBodyTests(ProbeFixture probe) : IClassFixture<ProbeFixture>
{
    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json; charset=\"UTF-8\"")]
    [InlineData("application/vnd.backprop+json")]
    public async Task Json_media_types_are_read(string type)
    {
        var response = await probe.Http.PostAsync("/probe", Probes.Json("""{"name":"a"}""", type));
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        (await response.Content.ReadAsStringAsync()).ShouldBe("""{"name":"a"}""");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/json")]
    public async Task Other_media_types_are_415(string type) =>
        await (await probe.Http.PostAsync("/probe", Probes.Json("{}", type))).ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType);

    [Fact]
    public async Task A_missing_media_type_is_415()
    {
        var content = new ByteArrayContent("{}"u8.ToArray());
        await (await probe.Http.PostAsync("/probe", content)).ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("null", "")]
    [InlineData("[]", "")]
    [InlineData("{\"name\":\"a\"", "")]
    [InlineData("""{"name":"a","name":"b"}""", null)]
    [InlineData("""{"name":"a","other":1}""", "other")]
    [InlineData("""{"name":"a","Name":"b"}""", null)]
    [InlineData("""{"name":"a","count":"1"}""", "count")]
    [InlineData("""{"name":"a","items":[{"key":"k"},{"key":1}]}""", "items[1].key")]
    [InlineData("""{"name":null}""", null)]
    [InlineData("""{"count":1}""", null)]
    [InlineData("""{"name":"a",}""", null)]
    public async Task What_is_not_exactly_the_contract_is_400(string body, string? path)
    {
        var problem = await (await probe.Http.PostAsync("/probe", Probes.Json(body))).ShouldBeProblemAsync(HttpStatusCode.BadRequest);
        if (path is not null)
        {
            problem.ErrorAt(path).ShouldNotBeEmpty();
        }
        else
        {
            problem["errors"]!.AsObject().ShouldHaveSingleItem();
        }
    }

    [Fact]
    public async Task A_byte_order_mark_is_passed_over()
    {
        var response = await probe.Http.PostAsync("/probe", Probes.Json("\uFEFF{\"name\":\"a\"}"));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_phases_stand_in_the_server_timing()
    {
        var response = await probe.Http.PostAsync("/probe", Probes.Json("""{"name":"a"}"""));
        response.Headers.GetValues("Server-Timing").ShouldHaveSingleItem().ShouldMatch(@"^parse;dur=[0-9.]+, run;dur=1\.5$");
    }

    [Fact]
    public async Task Validation_reports_every_failure_by_json_path()
    {
        var response = await probe.Http.PostAsync("/probe", Probes.Json("""{"name":"a","count":-1,"items":[{"key":"k"},{"key":""}]}"""));
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.ErrorAt("count").ShouldBe("The count must be positive.");
        problem.ErrorAt("items[1].key").ShouldBe("A key is empty.");
    }

    [Fact]
    public async Task A_rule_may_demand_a_member()
    {
        var response = await probe.Http.PostAsync("/probe", Probes.Json("""{"name":"list"}"""));
        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest)).ErrorAt("items").ShouldBe("A list needs items.");
    }
}
