using System.Net;
using System.Xml.Linq;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Graphs;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Derivatives;

/// <summary><c>GET /diagrams</c>: a picture at an address.</summary>
public sealed class DiagramAddressTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData("/diagrams?expression=L%3D(a*b%2Bc)^2&a=2&b=-3&c=10", "image/svg+xml", "∂L/∂a = -24")]
    [InlineData("/diagrams?expression=L%3Dsum(x@w)&x=[[1,2],[3,4]]&w=[[1],[0]]&format=dot", "text/vnd.graphviz", "∂L/∂w = [[4], [6]]")]
    [InlineData("/diagrams?expression=y%3Dx^2&x=[1,2]&seed=[10,1]&format=dot", "text/vnd.graphviz", "∂y/∂x = [20, 4]")]
    [InlineData("/diagrams?expression=L%3Da*b&a=2&b=3&wrt=b&format=dot&layout=topDown", "text/vnd.graphviz", "∂L/∂b = 2")]
    [InlineData("/diagrams?expression=L%3Dlog(x)&x=NaN&format=dot", "text/vnd.graphviz", "NaN")]
    [InlineData("/diagrams?expression=L%3Dx^2&x=[1,2]&batch=x&format=dot", "text/vnd.graphviz", "[2, 4]")]
    [InlineData("/diagrams?expression=L%3D3%2B4&format=dot", "text/vnd.graphviz", "7")]
    [InlineData("/diagrams?expression=L%3Da*b", "image/svg+xml", "bp-node")]
    public async Task A_picture_has_an_address(string address, string type, string text)
    {
        using HttpResponseMessage response = await api.Http.GetAsync(address);
        string picture = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, picture);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        picture.ShouldContain(text);
    }

    [Theory]
    [InlineData("/diagrams?expression=L%3Da*b&a=2&d=3", HttpStatusCode.BadRequest, "'d' is neither a parameter")]
    [InlineData("/diagrams?expression=L%3Da*b&a=2&b=x", HttpStatusCode.BadRequest, "The value of 'b' must be a number or a JSON array")]
    [InlineData("/diagrams?expression=L%3Da*b&a=2&a=3&b=1", HttpStatusCode.BadRequest, "'a' is given 2 times")]
    [InlineData("/diagrams?expression=L%3Da*b&a=&b=1", HttpStatusCode.BadRequest, "The value of 'a' must be")]
    [InlineData("/diagrams?expression=L%3Da*b&a=null&b=1", HttpStatusCode.BadRequest, "The value of 'a' must be")]
    [InlineData("/diagrams?expression=L%3Da*b&layout=round", HttpStatusCode.BadRequest, "layout")]
    [InlineData("/diagrams?expression=L%3Da*b&a=1", HttpStatusCode.UnprocessableEntity, "b")]
    [InlineData("/diagrams?expression=L%3Da*", HttpStatusCode.UnprocessableEntity, "column")]
    [InlineData("/diagrams?expression=L%3Da&a=1&output=q", HttpStatusCode.UnprocessableEntity, "q")]
    [InlineData("/diagrams", HttpStatusCode.BadRequest, "expression or graphId")]
    [InlineData("/diagrams?expression=a&graphId=b", HttpStatusCode.BadRequest, "expression or graphId")]
    [InlineData("/diagrams?graphId=b&a=1", HttpStatusCode.NotFound, "graphId")]
    [InlineData("/diagrams?expression=L%3Dx^2&x=[1,2]&batch=y", HttpStatusCode.UnprocessableEntity, "batch")]
    public async Task A_mistake_is_told(string address, HttpStatusCode status, string text)
    {
        using HttpResponseMessage response = await api.Http.GetAsync(address);
        (await response.ShouldBeProblemAsync(status)).ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).ShouldContain(text);
    }

    [Fact]
    public async Task It_is_fetched_once()
    {
        const string Address = "/diagrams?expression=L%3Da*b&a=2&b=3";
        using HttpResponseMessage first = await api.Http.GetAsync(Address);
        using var again = new HttpRequestMessage(HttpMethod.Get, Address);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        (await api.Http.SendAsync(again)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
        using var other = new HttpRequestMessage(HttpMethod.Get, Address + "1");
        other.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        (await api.Http.SendAsync(other)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_registered_graph_has_an_address_whose_tag_follows_its_alias()
    {
        string id = (await api.Api.RegisterGraphAsync(new GraphRegistrationRequest { Expression = "L = a*3.25", Alias = "drawn" })).Id;
        using HttpResponseMessage byId = await api.Http.GetAsync($"/diagrams?graphId={id}&a=2&format=dot");
        (await byId.Content.ReadAsStringAsync()).ShouldContain("∂L/∂a = 3.25");
        using HttpResponseMessage byAlias = await api.Http.GetAsync("/diagrams?graphId=drawn&a=2&format=dot");
        (await byAlias.Content.ReadAsStringAsync()).ShouldContain("∂L/∂a = 3.25");
        byAlias.Headers.ETag.ShouldNotBe(byId.Headers.ETag);
    }

    [Fact]
    public async Task It_is_harmless_in_a_browser()
    {
        using HttpResponseMessage response = await api.Http.GetAsync("/diagrams?expression=L%3Da&a=1&format=svg");
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
        response.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        XDocument.Parse(await response.Content.ReadAsStringAsync()).Descendants().ShouldNotContain(element => element.Name.LocalName == "script");
    }

    [Fact]
    public async Task Swagger_UI_has_the_script_that_shows_pictures()
    {
        (await api.Http.GetStringAsync("/swagger/index.html")).ShouldContain("pictures.js");
        (await api.Http.GetStringAsync("/swagger/pictures.js")).ShouldContain("responseBody");
    }
}
