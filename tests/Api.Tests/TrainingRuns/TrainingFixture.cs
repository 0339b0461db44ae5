using Backprop.Api.Tests.Learners;
using Backprop.Client;
using Backprop.Client.Training;
using Backprop.Client.Values;
using Backprop.Infrastructure.Persistence;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Backprop.Api.Tests.TrainingRuns;

/// <summary>The service with room for the runs of many tests, and learners.</summary>
public sealed class TrainingFixture : LearnerFixture
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Training:Concurrency", "2");
        builder.UseSetting("Training:ClientUnfinishedRuns", "1000");
        builder.UseSetting("Training:UnfinishedRuns", "1000");
    }

    /// <summary>Rows of each table that a run has.</summary>
    public async Task<(int Runs, int Requests, int Checkpoints, int Metrics)> RowsAsync()
    {
        await using BackpropDbContext context = await Services.GetRequiredService<IDbContextFactory<BackpropDbContext>>().CreateDbContextAsync();
        return (await context.TrainingRuns.CountAsync(), await context.TrainingRequests.CountAsync(), await context.TrainingCheckpoints.CountAsync(),
            await context.TrainingMetrics.CountAsync());
    }
}

/// <summary>Requests, and what their runs tell.</summary>
internal static class Training
{
    public const string Xor = "h = tanh(x @ w1 + b1); y = sigmoid(h @ w2 + b2); loss = mean((y - t)^2)";

    /// <summary>XOR with a hidden layer of four.</summary>
    public static TrainingRunRequest XorRequest(long steps = 400) => new()
    {
        Expression = Xor,
        Parameters = new Dictionary<string, ParameterContract>
        {
            ["w1"] = new InitializerContract { Initializer = InitializerChoice.XavierUniform, Shape = [2, 4] },
            ["b1"] = (TensorValue)new double[4],
            ["w2"] = new InitializerContract { Initializer = InitializerChoice.XavierUniform, Shape = [4, 1] },
            ["b2"] = (TensorValue)new double[1],
        },
        Data = new Dictionary<string, TensorValue>
        {
            ["x"] = TensorValue.Of(new double[] { 0, 0, 0, 1, 1, 0, 1, 1 }, [4, 2], ValueEncoding.Nested),
            ["t"] = TensorValue.Of(new double[] { 0, 1, 1, 0 }, [4, 1], ValueEncoding.Nested),
        },
        Steps = steps,
        Seed = 1,
        Optimizer = new OptimizerContract { Name = OptimizerChoice.Adam, LearningRate = 0.05 },
    };

    /// <summary>A run that takes as long as a test needs, and records every thousandth step.</summary>
    public static TrainingRunRequest LongRequest(long every = 1000) => XorRequest(10_000_000) with { Record = new RecordContract { Every = every } };

    /// <summary>The recorded steps of a run, and the state in which it ended.</summary>
    public static async Task<(List<TrainingMetric> Metrics, TrainingRunPage End)> FinishAsync(this IBackpropApi api, string id, long after = 0)
    {
        var metrics = new List<TrainingMetric>();
        TrainingRunPage? end = null;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        await foreach (TrainingEvent item in api.WatchTrainingRunAsync(id, after, patience.Token))
        {
            if (item.Metric is { } metric)
            {
                metrics.Add(metric);
            }

            end = item.State ?? end;
        }

        return (metrics, end!);
    }

    /// <summary>Waits until a run is as it should be.</summary>
    public static async Task<TrainingRunPage> UntilAsync(this IBackpropApi api, string id, Func<TrainingRunPage, bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            TrainingRunPage run = await api.GetTrainingRunAsync(id, patience.Token);
            if (condition(run))
            {
                return run;
            }

            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>The bits of all parameters.</summary>
    public static async Task<string> BitsAsync(this IBackpropApi api, string id)
    {
        TrainingParameters parameters = await api.GetTrainingParametersAsync(id, encoding: ValueEncoding.Base64);
        return string.Join(' ', parameters.Parameters.Select(entry => $"{entry.Key} {System.Text.Json.JsonSerializer.Serialize(entry.Value, BackpropJson.Create())}"));
    }
}
