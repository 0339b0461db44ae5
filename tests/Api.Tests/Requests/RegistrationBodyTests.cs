using System.Net;
using Backprop.Api.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Requests;

public sealed class RegistrationBodyTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData("""{}""", HttpStatusCode.BadRequest, "")]
    [InlineData("""{"expression":"y = x","graph":{"inputs":[],"nodes":[],"outputs":[]}}""", HttpStatusCode.BadRequest, "")]
    [InlineData("""{"inputs":[],"nodes":[]}""", HttpStatusCode.BadRequest, "outputs")]
    [InlineData("""{"expression":"y = x^2","alias":""}""", HttpStatusCode.UnprocessableEntity, "alias")]
    [InlineData("""{"expression":"y = x +"}""", HttpStatusCode.UnprocessableEntity, "expression")]
    public async Task A_registration_that_is_wrong_says_where(string body, HttpStatusCode status, string path)
    {
        var problem = await (await api.Http.PostAsync("/graphs", Probes.Json(body))).ShouldBeProblemAsync(status);
        problem["errors"]!.AsObject().ShouldContain(error => error.Key == path);
    }
}
