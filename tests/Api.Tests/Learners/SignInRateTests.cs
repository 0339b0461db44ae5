using System.Net;
using Backprop.Api.Tests.Hosting;
using Microsoft.AspNetCore.Hosting;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Learners;

public sealed class SignInRateTests
{
    private const string Credentials = """{"email":"nobody@example.org","password":"a long walk by the sea"}""";

    [Fact]
    public async Task A_client_that_tries_too_often_is_told_when_to_come_again()
    {
        using var api = new StrictFixture();
        for (int i = 0; i < StrictFixture.PerMinute; i++)
        {
            (await api.Http.PostAsync("/account/login", Probes.Json(Credentials))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        HttpResponseMessage refused = await api.Http.PostAsync("/account/register", Probes.Json(Credentials));
        var problem = await refused.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests);
        problem["detail"]!.GetValue<string>().ShouldContain("RateLimits:SignInsPerMinute");
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        (await api.Http.GetAsync("/daily-question")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private sealed class StrictFixture : ApiFixture
    {
        public const int PerMinute = 3;

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("RateLimits:SignInsPerMinute", $"{PerMinute}");
        }
    }
}
