using System.Data.Common;
using System.Net;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Graphs;
using Backprop.Client.Learners;
using Backprop.Infrastructure.Persistence;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Health;

/// <summary>A database that is not writable fails writes and readiness; reads continue.</summary>
public sealed class UnwritableDatabaseTests
{
    private const string Full = "PRAGMA max_page_count = 1;";
    private const string ReadOnly = "PRAGMA query_only = ON;";

    [Theory]
    [InlineData(Full)]
    [InlineData(ReadOnly)]
    public async Task Writes_are_507_and_reads_go_on(string fault)
    {
        using var api = new FailingFixture();
        var learner = new Credentials { Email = "someone@example.org", Password = "a long walk by the sea" };
        await api.Api.RegisterAsync(learner);
        await api.Api.SignInAsync(learner);
        await api.Api.RegisterGraphAsync(new GraphRegistrationRequest { Expression = "L = a", Alias = "before" });
        DailyQuestion kept = await api.Api.GetDailyQuestionAsync();
        api.Fault = fault;
        foreach ((string path, string body) in ((string, string)[])[
            ("/graphs", """{"expression":"L = a*a*a"}"""),
            ("/quizzes", """{"count":5}"""), ("/interviews", "{}"),
            ("/account/register", """{"email":"other@example.org","password":"a long walk by the sea"}""")])
        {
            // Free pages can still be used.
            HttpResponseMessage answer = await FailedAsync(api, path, body);
            await answer.ShouldBeProblemAsync(HttpStatusCode.InsufficientStorage);
            answer.Headers.RetryAfter.ShouldNotBeNull(path);
        }

        (await api.Api.GetDailyQuestionAsync()).Question.Id.ShouldBe(kept.Question.Id);
        foreach (string path in (string[])["/graphs", "/graphs/before", "/questions", "/models", "/health/live", "/daily-question"])
        {
            (await api.Http.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK, path);
        }

        (await api.Http.PostAsync("/gradients", Probes.Json("""{"graphId":"before","inputs":{"a":1}}"""))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(Full)]
    [InlineData(ReadOnly)]
    public async Task The_question_of_the_day_is_told_even_if_it_cannot_be_kept(string fault)
    {
        using var api = new FailingFixture { Fault = fault };
        string first = (await api.Api.GetDailyQuestionAsync()).Question.Id;
        (await api.Api.GetDailyQuestionAsync()).Question.Id.ShouldBe(first);
        api.Fault = "";
        (await api.Api.GetDailyQuestionAsync()).Question.Id.ShouldBe(first);
    }

    [Theory]
    [InlineData(Full)]
    [InlineData(ReadOnly)]
    public async Task Readiness_says_so_until_it_is_over(string fault)
    {
        using var api = new FailingFixture();
        await ReadyAsync(api);
        api.Fault = fault;
        api.Clock.Ahead += TimeSpan.FromMinutes(1);
        HttpResponseMessage answer = await api.Http.GetAsync("/health/ready");
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("not writable");
        api.Fault = "";
        api.Clock.Ahead += TimeSpan.FromMinutes(1);
        await ReadyAsync(api);
    }

    [Fact]
    public async Task Readiness_writes_once_in_some_seconds()
    {
        using var api = new FailingFixture();
        await ReadyAsync(api);
        api.Clock.Ahead += TimeSpan.FromMinutes(1);
        await ReadyAsync(api);
        int before = api.Written;
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => api.Http.GetAsync("/health/ready")));
        api.Written.ShouldBe(before);
        api.Clock.Ahead += TimeSpan.FromMinutes(1);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => api.Http.GetAsync("/health/ready")));
        api.Written.ShouldBe(before + 1);
    }

    private static async Task<HttpResponseMessage> FailedAsync(FailingFixture api, string path, string body)
    {
        for (int i = 0; ; i++)
        {
            string distinct = body.Replace("a*a*a", string.Join('*', Enumerable.Repeat("a", 200 + i)), StringComparison.Ordinal).Replace("other@", $"other{i}@", StringComparison.Ordinal);
            HttpResponseMessage answer = await api.Http.PostAsync(path, Probes.Json(distinct));
            if (!answer.IsSuccessStatusCode || i == 2000)
            {
                return answer;
            }
        }
    }

    private static async Task ReadyAsync(FailingFixture api)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!(await api.Http.GetAsync("/health/ready", patience.Token)).IsSuccessStatusCode)
        {
            await Task.Delay(50, patience.Token);
        }
    }

    private sealed class FailingFixture : ApiFixture
    {
        /// <summary>The commands that each connection runs when it is opened.</summary>
        public string Fault { get; set; } = "";

        public Learners.MovingClock Clock { get; } = new SteppingClock();

        /// <summary>The number of writes by the readiness check.</summary>
        public int Written => _probes;

        private int _probes;

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("RateLimits:QuizzesPerMinute", "0");
            builder.ConfigureServices(services =>
            {
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(_ => Clock));
                services.ConfigureDbContext<BackpropDbContext>(options => options.AddInterceptors(new Failing(this), new Counting(this)));
            });
        }

        private sealed class Failing(FailingFixture fixture) : DbConnectionInterceptor
        {
            public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
            {
                if (fixture.Fault.Length > 0)
                {
                    using DbCommand command = connection.CreateCommand();
                    command.CommandText = fixture.Fault;
                    command.ExecuteNonQuery();
                }

                return Task.CompletedTask;
            }
        }

        private sealed class Counting(FailingFixture fixture) : DbCommandInterceptor
        {
            public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
                DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
            {
                if (command.CommandText.Contains("user_version", StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref fixture._probes);
                }

                return ValueTask.FromResult(result);
            }
        }
    }

    // The clock of timestamps follows the other one.
    private sealed class SteppingClock : Learners.MovingClock
    {
        public override long GetTimestamp() => base.GetTimestamp() + (long)(Ahead.TotalSeconds * TimestampFrequency);
    }
}
