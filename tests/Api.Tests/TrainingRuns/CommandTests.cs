using System.Net;
using System.Text.Json.Nodes;
using Backprop.Api.Tests.Hosting;
using Backprop.Api.Tests.Learners;
using Backprop.Client;
using Backprop.Client.Errors;
using Backprop.Client.Training;
using Backprop.Client.Values;
using Refit;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.TrainingRuns;

/// <summary>Runs are paused, resumed, cancelled, repeated, listed and deleted.</summary>
public sealed class CommandTests(TrainingFixture api) : IClassFixture<TrainingFixture>
{
    [Fact]
    public async Task A_run_that_was_paused_ends_with_the_same_bits_as_one_that_was_not()
    {
        TrainingRunRequest request = Training.XorRequest(60_000) with { Record = new RecordContract { Every = 100 }, BatchSize = 2 };
        TrainingRunPage whole = await api.Api.StartTrainingRunAsync(request);
        (List<TrainingMetric> expected, _) = await api.Api.FinishAsync(whole.Id);
        TrainingRunPage run = await api.Api.StartTrainingRunAsync(request);
        int pauses = 0;
        while ((await api.Api.GetTrainingRunAsync(run.Id)).FinishedAt is null && pauses < 5)
        {
            try
            {
                await api.Api.PauseTrainingRunAsync(run.Id);
            }
            catch (ApiException late) when (late.StatusCode == HttpStatusCode.Conflict)
            {
                break;
            }

            TrainingRunPage paused = await api.Api.UntilAsync(run.Id, now => now.State != TrainingRunState.Running);
            if (paused.State == TrainingRunState.Paused)
            {
                pauses++;
                (paused.Pending, paused.SecondsLeft).ShouldBe((null, null));
                paused.CheckpointStep.ShouldBe(paused.Step);
            }

            await api.Api.ResumeTrainingRunAsync(run.Id);
            await Task.Delay(20);
        }

        (List<TrainingMetric> metrics, TrainingRunPage end) = await api.Api.FinishAsync(run.Id);
        pauses.ShouldBeGreaterThan(0);
        end.State.ShouldBe(TrainingRunState.Completed, end.Reason);
        metrics.ShouldBe(expected);
        (await api.Api.BitsAsync(run.Id)).ShouldBe(await api.Api.BitsAsync(whole.Id));
    }

    [Fact]
    public async Task A_cancelled_run_keeps_what_it_has_and_obeys_no_more()
    {
        TrainingRunPage run = await api.Api.StartTrainingRunAsync(Training.LongRequest());
        await api.Api.UntilAsync(run.Id, now => now.Step > 0);
        await api.Api.CancelTrainingRunAsync(run.Id);
        (List<TrainingMetric> metrics, TrainingRunPage end) = await api.Api.FinishAsync(run.Id);
        (end.State, end.Pending).ShouldBe((TrainingRunState.Cancelled, null));
        metrics.Count.ShouldBe((int)(end.Step / 1000));
        (await api.Api.GetTrainingParametersAsync(run.Id)).Step.ShouldBe(end.Step);
        (await api.Api.CancelTrainingRunAsync(run.Id)).State.ShouldBe(TrainingRunState.Cancelled);
        foreach (Func<Task> command in (Func<Task>[])[() => api.Api.PauseTrainingRunAsync(run.Id), () => api.Api.ResumeTrainingRunAsync(run.Id)])
        {
            ApiException refused = await command.ShouldThrowAsync<ApiException>();
            refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
            (await refused.ProblemAsync())!.Detail!.ShouldContain("is cancelled");
        }

        await api.Api.DeleteTrainingRunAsync(run.Id);
        (await Should.ThrowAsync<ApiException>(() => api.Api.GetTrainingRunAsync(run.Id))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Should.ThrowAsync<ApiException>(() => api.Api.DeleteTrainingRunAsync(run.Id))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_running_run_can_be_deleted()
    {
        TrainingRunPage run = await api.Api.StartTrainingRunAsync(Training.LongRequest());
        await api.Api.UntilAsync(run.Id, now => now.Step > 0);
        await api.Api.DeleteTrainingRunAsync(run.Id);
        (await Should.ThrowAsync<ApiException>(() => api.Api.GetTrainingMetricsAsync(run.Id))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_same_key_starts_one_run()
    {
        string key = Guid.NewGuid().ToString();
        TrainingRunPage[] runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => api.Api.StartTrainingRunAsync(Training.XorRequest(10), key)));
        runs.Select(run => run.Id).Distinct().ShouldHaveSingleItem();
        ApiException other = await Should.ThrowAsync<ApiException>(() => api.Api.StartTrainingRunAsync(Training.XorRequest(11), key));
        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await other.ProblemAsync())!.Errors!.Keys.ShouldBe(["Idempotency-Key"]);
    }

    [Fact]
    public async Task Only_a_learner_sees_the_learners_runs()
    {
        SignedIn learner = await api.SignUpAsync(), other = await api.SignUpAsync();
        var ids = new List<string>();
        for (int i = 0; i < 3; i++)
        {
            ids.Add((await learner.Api.StartTrainingRunAsync(Training.XorRequest(5 + i))).Id);
            await learner.Api.FinishAsync(ids[i]);
        }

        TrainingRunList first = await learner.Api.ListTrainingRunsAsync(TrainingRunState.Completed, limit: 2);
        TrainingRunList rest = await learner.Api.ListTrainingRunsAsync(TrainingRunState.Completed, limit: 2, cursor: first.NextCursor);
        first.Items.Concat(rest.Items).Select(run => run.Id).ShouldBe(ids.AsEnumerable().Reverse());
        rest.NextCursor.ShouldBeNull();
        (await learner.Api.ListTrainingRunsAsync(TrainingRunState.Failed)).Items.ShouldBeEmpty();
        (await other.Api.ListTrainingRunsAsync()).Items.ShouldBeEmpty();
        (await learner.Api.ExportLearnerAsync()).TrainingRuns.Select(run => run.Id).ShouldBe(ids);
        foreach (IBackpropApi stranger in (IBackpropApi[])[api.Api, other.Api])
        {
            foreach (Func<Task> look in (Func<Task>[])[() => stranger.GetTrainingRunAsync(ids[0]), () => stranger.GetTrainingMetricsAsync(ids[0]),
                () => stranger.GetTrainingParametersAsync(ids[0]), () => stranger.CancelTrainingRunAsync(ids[0]),
                () => stranger.OpenTrainingEventsAsync(ids[0]), () => stranger.DeleteTrainingRunAsync(ids[0])])
            {
                (await look.ShouldThrowAsync<ApiException>()).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            }
        }

        (await api.Http.GetAsync("/training-runs")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (int before, _, _, _) = await api.RowsAsync();
        await learner.Api.DeleteLearnerAsync();
        (int after, int requests, int checkpoints, _) = await api.RowsAsync();
        (before - after).ShouldBe(3);
        (requests, checkpoints).ShouldBe((after, after));
    }

    [Fact]
    public async Task A_diverging_run_tells_the_step_and_the_node()
    {
        TrainingRunPage run = await api.Api.StartTrainingRunAsync(new TrainingRunRequest
        {
            Expression = "s = w^2; r = s * s; loss = r - 3*w",
            Parameters = new Dictionary<string, ParameterContract> { ["w"] = (TensorValue)2.0 },
            Steps = 100,
            Optimizer = new OptimizerContract { Name = OptimizerChoice.Sgd, LearningRate = 10 },
        });
        (List<TrainingMetric> metrics, TrainingRunPage end) = await api.Api.FinishAsync(run.Id);
        end.State.ShouldBe(TrainingRunState.Diverged);
        TrainingWarning warning = end.Warnings.ShouldHaveSingleItem();
        warning.Step.ShouldBe(metrics[^1].Step);
        warning.Node.ShouldNotBeNullOrEmpty();
        end.Reason!.ShouldContain($"step {warning.Step}");
        metrics[..^1].ShouldAllBe(metric => double.IsFinite(metric.Loss) && double.IsFinite(metric.GradientNorm));
    }

    [Fact]
    public async Task Metrics_come_in_pages_and_as_a_table()
    {
        TrainingRunPage run = await api.Api.StartTrainingRunAsync(Training.XorRequest(1300) with { Record = new RecordContract { Parameters = true }, ClipNorm = 1 });
        (List<TrainingMetric> expected, _) = await api.Api.FinishAsync(run.Id);
        var read = new List<TrainingMetric>();
        for (string? cursor = null; ;)
        {
            TrainingMetricList page = await api.Api.GetTrainingMetricsAsync(run.Id, limit: 600, cursor: cursor);
            read.AddRange(page.Items);
            if ((cursor = page.NextCursor) is null)
            {
                break;
            }
        }

        read.Select(Text).ShouldBe(expected.Select(Text));
        (await api.Api.GetTrainingMetricsAsync(run.Id, from: 511, to: 514)).Items.Select(metric => metric.Step).ShouldBe([511L, 512, 513, 514]);
        using var reader = new StreamReader(await api.Api.ExportTrainingMetricsAsync(run.Id, from: 1299));
        string[] lines = (await reader.ReadToEndAsync()).Split("\r\n");
        lines[0].ShouldBe("step,epoch,loss,validationLoss,gradientNorm,clippedNorm,learningRate,"
            + string.Join(',', expected[0].Parameters!.Keys.Select(name => $"{name}.norm,{name}.gradientNorm,{name}.updateRatio")));
        lines.Length.ShouldBe(4);
        double.Parse(lines[2].Split(',')[2], System.Globalization.CultureInfo.InvariantCulture).ShouldBe(expected[^1].Loss);
        foreach (string query in (string[])["", "?metric=gradientNorm&metric=clippedNorm&scale=log", "?metric=updateRatio&parameter=w1", "?metric=learningRate"])
        {
            string picture = await api.Http.GetStringAsync($"/training-runs/{run.Id}/plot{query}");
            System.Xml.Linq.XDocument.Parse(picture).Descendants().Count(element => element.Name.LocalName == "path").ShouldBeGreaterThan(3);
        }

        JsonObject refused = await (await api.Http.GetAsync($"/training-runs/{run.Id}/plot?metric=validationLoss")).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        refused.ErrorAt("metric").ShouldContain("validation of POST /training-runs");
    }

    private static string Text(TrainingMetric metric) => System.Text.Json.JsonSerializer.Serialize(metric, BackpropJson.Create());
}
