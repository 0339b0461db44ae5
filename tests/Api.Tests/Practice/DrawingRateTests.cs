using System.Net;
using System.Net.Http.Json;
using Backprop.Api.Tests.Hosting;
using Microsoft.AspNetCore.Hosting;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Practice;

public sealed class DrawingRateTests(DrawingRateTests.RatedFixture api) : IClassFixture<DrawingRateTests.RatedFixture>
{
    [Fact]
    public async Task A_client_that_draws_too_often_is_told_when_to_come_again()
    {
        for (int i = 0; i < 2; i++)
        {
            (await api.Http.PostAsJsonAsync("/quizzes", new { count = 1 })).StatusCode.ShouldBe(HttpStatusCode.Created);
        }

        HttpResponseMessage interview = await api.Http.PostAsJsonAsync("/interviews", new { });
        interview.StatusCode.ShouldBe(HttpStatusCode.Created);

        HttpResponseMessage refused = await api.Http.PostAsJsonAsync("/quizzes", new { count = 1 });
        (await refused.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests))["detail"]!.GetValue<string>().ShouldContain("RateLimits:QuizzesPerMinute");
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));
        (await api.Http.GetAsync(interview.Headers.Location)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Limits:Quizzes", "0")]
    [InlineData("Limits:QuizBytes", "10")]
    [InlineData("Limits:ClientQuizzes", "0")]
    [InlineData("Limits:ClientQuizBytes", "10")]
    public async Task What_cannot_be_kept_names_the_limit(string key, string value)
    {
        await using var full = new ClientsFixture((key, value));
        foreach (string route in new[] { "/quizzes", "/interviews" })
        {
            (await (await full.Http.PostAsJsonAsync(route, new { })).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity))["limit"]!["name"]!.GetValue<string>().ShouldBe(key);
        }
    }

    public sealed class RatedFixture : ApiFixture
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("RateLimits:QuizzesPerMinute", "3");
        }
    }
}
