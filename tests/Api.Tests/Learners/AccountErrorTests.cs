using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Backprop.Api.Tests.Architecture;
using Backprop.Api.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Learners;

/// <summary>The account routes reject malformed requests like all others.</summary>
public sealed partial class AccountErrorTests(LearnerFixture api) : IClassFixture<LearnerFixture>
{
    public static TheoryData<string> Routes => ["/account/register", "/account/login", "/account/refresh", "/account/manage/info", "/account/manage/2fa"];

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_body_in_an_unknown_encoding_is_refused(string route)
    {
        var body = new StringContent("{}", Encoding.UTF8, "application/json");
        body.Headers.ContentEncoding.Add("zstd");
        await (await SendAsync(route, body)).ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_body_that_is_no_object_is_told_by_its_path_and_without_names_of_dotnet(string route)
    {
        foreach (string body in new[] { "", "null", "[]", "1", "\"x\"", "{", """{"email":1}""", """{"password":[]}""", """{"refreshToken":{}}""", """{"enable":"yes","newPassword":true}""", """{"unknown":1}""" })
        {
            HttpResponseMessage answer = await SendAsync(route, Probes.Json(body));
            JsonObject problem = await answer.ShouldBeProblemAsync(HttpStatusCode.BadRequest);
            problem["errors"].ShouldBeOfType<JsonObject>().Count.ShouldBe(1);
            DotNetName().IsMatch(problem.ToJsonString()).ShouldBeFalse(problem.ToJsonString());
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_body_that_is_not_json_is_refused(string route) =>
        await (await SendAsync(route, Probes.Json("email=ada", "application/x-www-form-urlencoded"))).ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType);

    [Fact]
    public async Task Every_route_that_the_service_tells_of_exists()
    {
        var paths = JsonNode.Parse(await api.Http.GetStringAsync("/swagger/v1/swagger.json"))!["paths"]!.AsObject();
        string[] known = [.. from path in paths from operation in path.Value!.AsObject() select $"{operation.Key.ToUpperInvariant()} {Parameter().Replace(path.Key, "{}")}"];
        IEnumerable<string> sources = Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories).Append(Repository.PathOf("src/Api/openapi.json"));
        string[] told = [.. sources.SelectMany(file => Told().Matches(File.ReadAllText(file))).Select(match => Parameter().Replace(match.Value.TrimEnd('.'), "{}")).Distinct()];
        told.Length.ShouldBeGreaterThan(5);

        // The experiments are documented one by one.
        string[] families = [.. known.Select(route => $"{route[..route.LastIndexOf('/')]}/{{}}")];
        told.Except(known).Except(families).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_missing_old_password_is_told_without_a_way_that_does_not_exist()
    {
        HttpResponseMessage answer = await SendAsync("/account/manage/info", Probes.Json("""{"newPassword":"another walk by the sea"}"""));
        (await answer.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).ErrorAt("oldPassword").ShouldNotContain("/");
    }

    private async Task<HttpResponseMessage> SendAsync(string route, HttpContent body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, route) { Content = body };
        if (route.StartsWith("/account/manage", StringComparison.Ordinal))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await api.SignUpAsync()).Tokens.AccessToken);
        }

        return await api.Http.SendAsync(request);
    }

    [GeneratedRegex(@"(GET|POST|PUT|DELETE) /[a-z][\w{}/-]*")]
    private static partial Regex Told();

    [GeneratedRegex(@"\{\w*\}|(?<=/)\d+")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"System\.|(Login|Register|Refresh|Info|TwoFactor)(Request|Change)|parameter|Nullable|Boolean")]
    private static partial Regex DotNetName();
}
