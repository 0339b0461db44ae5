using System.Net;
using System.Text.Json.Nodes;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Errors;
using Backprop.Client.Training;
using Microsoft.AspNetCore.Hosting;
using Refit;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.TrainingRuns;

/// <summary>A service whose limits are so low that tests reach them, and that computes nothing.</summary>
public sealed class NarrowFixture : ApiFixture
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        foreach ((string key, string value) in (ReadOnlySpan<(string, string)>)[("Concurrency", "0"), ("ClientUnfinishedRuns", "2"), ("MaxSteps", "1000"),
            ("MaxDataBytes", "1000"), ("MaxStateBytes", "2000"), ("MaxMetricBytes", "10000"), ("ClientRuns", "3"), ("ClientRunBytes", "60000"), ("Watchers", "1")])
        {
            builder.UseSetting($"Training:{key}", value);
        }
    }
}

/// <summary>Each limit is checked before anything is stored, and named with its value.</summary>
public sealed class LimitTests(NarrowFixture api) : IClassFixture<NarrowFixture>
{
    public static TheoryData<string, string, TrainingRunRequest> Exceeding => new()
    {
        { "Training:MaxSteps", "steps", Training.XorRequest(1001) },
        { "Training:MaxSteps", "epochs", Training.XorRequest() with { Steps = null, Epochs = 501, BatchSize = 2 } },
        { "Training:MaxDataBytes", "data", Training.XorRequest(10) with
        {
            Data = new Dictionary<string, Client.Values.TensorValue>
            {
                ["x"] = Client.Values.TensorValue.Of(new double[400], [200, 2], Client.Values.ValueEncoding.Nested),
                ["t"] = Client.Values.TensorValue.Of(new double[200], [200, 1], Client.Values.ValueEncoding.Nested),
            },
        } },
        { "Training:MaxStateBytes", "parameters", Training.XorRequest(10) with
        {
            Parameters = new Dictionary<string, ParameterContract>(Training.XorRequest().Parameters!)
            {
                ["w1"] = new InitializerContract { Initializer = InitializerChoice.Zeros, Shape = [2, 100] },
                ["b1"] = (Client.Values.TensorValue)new double[100],
                ["w2"] = new InitializerContract { Initializer = InitializerChoice.Zeros, Shape = [100, 1] },
            },
        } },
        { "Training:MaxMetricBytes", "record.every", Training.XorRequest(1000) },
    };

    [Theory]
    [MemberData(nameof(Exceeding))]
    internal async Task A_run_beyond_a_limit_is_refused(string limit, string path, TrainingRunRequest request)
    {
        ApiException refused = await Should.ThrowAsync<ApiException>(() => api.Api.StartTrainingRunAsync(request));
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, refused.Content);
        ProblemContract problem = (await refused.ProblemAsync())!;
        problem.Detail!.ShouldStartWith($"{limit} is ");
        JsonNode.Parse(refused.Content!)!["limit"]!["name"]!.GetValue<string>().ShouldBe(limit);
        problem.Errors!.Keys.ShouldBe([path]);
    }

    [Fact]
    public async Task A_client_has_only_so_many_runs_that_have_not_ended_and_loses_the_oldest_that_have()
    {
        var ids = new List<string>();
        for (int i = 0; i < 5; i++)
        {
            ids.Add((await api.Api.StartTrainingRunAsync(Training.XorRequest(10))).Id);
            string second = (await api.Api.StartTrainingRunAsync(Training.XorRequest(11))).Id;
            ApiException refused = await Should.ThrowAsync<ApiException>(() => api.Api.StartTrainingRunAsync(Training.XorRequest(12)));
            refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            refused.Headers.RetryAfter.ShouldNotBeNull();
            JsonNode.Parse(refused.Content!)!["limit"]!["name"]!.GetValue<string>().ShouldBe("Training:ClientUnfinishedRuns");
            await api.Api.DeleteTrainingRunAsync(second);
            (await api.Api.PauseTrainingRunAsync(ids[i])).State.ShouldBe(TrainingRunState.Paused);
            (await api.Api.CancelTrainingRunAsync(ids[i])).State.ShouldBe(TrainingRunState.Cancelled);
        }

        (await Should.ThrowAsync<ApiException>(() => api.Api.GetTrainingRunAsync(ids[0]))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await api.Api.GetTrainingRunAsync(ids[4])).State.ShouldBe(TrainingRunState.Cancelled);
    }

    [Fact]
    public async Task Only_so_many_connections_watch()
    {
        TrainingRunPage run = await api.Api.StartTrainingRunAsync(Training.XorRequest(10));
        await using (Stream first = await api.Api.OpenTrainingEventsAsync(run.Id))
        {
            _ = await first.ReadAsync(new byte[1]);
            JsonObject problem = await (await api.Http.GetAsync($"/training-runs/{run.Id}/events")).ShouldBeProblemAsync(HttpStatusCode.TooManyRequests);
            problem["limit"]!["name"]!.GetValue<string>().ShouldBe("Training:Watchers");
        }

        await api.Api.DeleteTrainingRunAsync(run.Id);
    }
}
