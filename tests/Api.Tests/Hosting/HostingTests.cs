using System.Net;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Hosting;

public sealed class HostingTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task The_root_leads_to_swagger_ui(string method)
    {
        var response = await api.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/"));
        response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var page = await api.Http.GetAsync(response.Headers.Location);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await page.Content.ReadAsStringAsync()).ShouldContain("swagger-ui");
    }

    [Fact]
    public async Task The_server_does_not_name_itself() =>
        (await api.Http.GetAsync("/health/live")).Headers.Contains("Server").ShouldBeFalse();
}
