using Backprop.Api.Tests.Onnx;
using Backprop.Client.Derivatives;
using Backprop.Client.Training;
using Backprop.Client.Values;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.TrainingRuns;

/// <summary>Models are trained over HTTP until they are right.</summary>
public sealed class EndToEndTests(TrainingFixture api) : IClassFixture<TrainingFixture>
{
    private const string Spiral = "h = tanh(x @ w1 + b1); g = tanh(h @ w2 + b2); z = g @ w3 + b3";

    [Fact]
    public async Task Xor_is_learned()
    {
        TrainingRunPage run = await api.Api.StartTrainingRunAsync(Training.XorRequest());
        run.State.ShouldBe(TrainingRunState.Queued);
        (List<TrainingMetric> metrics, TrainingRunPage end) = await api.Api.FinishAsync(run.Id);
        metrics.Select(metric => metric.Step).ShouldBe(Enumerable.Range(1, 400).Select(step => (long)step));
        (end.State, end.Step, end.CheckpointStep).ShouldBe((TrainingRunState.Completed, 400, 400));
        end.Loss.ShouldBe(metrics[^1].Loss);
        metrics[^1].Loss.ShouldBeLessThan(0.01);

        TrainingParameters trained = await api.Api.GetTrainingParametersAsync(run.Id);
        trained.Step.ShouldBe(400);
        double[] answers = await EvaluateAsync(Training.Xor.Replace("; loss = mean((y - t)^2)", ""), trained, Training.XorRequest().Data!["x"]);
        answers.Select(answer => Math.Round(answer)).ShouldBe([0.0, 1, 1, 0]);
    }

    [Fact]
    public async Task Two_spirals_are_told_apart()
    {
        (double[] points, double[] labels) = Spirals(100);
        TensorValue x = TensorValue.Of(points, [labels.Length, 2], ValueEncoding.Base64);
        TrainingRunPage run = await api.Api.StartTrainingRunAsync(new TrainingRunRequest
        {
            Expression = Spiral + "; loss = mean(softplus(z) - t * z)",
            Parameters = new Dictionary<string, ParameterContract>
            {
                ["w1"] = Drawn(2, 24),
                ["b1"] = (TensorValue)new double[24],
                ["w2"] = Drawn(24, 24),
                ["b2"] = (TensorValue)new double[24],
                ["w3"] = Drawn(24, 1),
                ["b3"] = (TensorValue)new double[1],
            },
            Data = new Dictionary<string, TensorValue> { ["x"] = x, ["t"] = TensorValue.Of(labels, [labels.Length, 1], ValueEncoding.Base64) },
            Steps = 3000,
            BatchSize = 50,
            Optimizer = new OptimizerContract { Name = OptimizerChoice.Adam, LearningRate = 0.01 },
            Schedule = new ScheduleContract { Name = ScheduleChoice.Cosine, WarmupSteps = 50 },
            ClipNorm = 5,
            Record = new RecordContract { Every = 100 },
        });
        (List<TrainingMetric> metrics, TrainingRunPage end) = await api.Api.FinishAsync(run.Id);
        end.State.ShouldBe(TrainingRunState.Completed, end.Reason);
        metrics.Count.ShouldBe(30);
        double[] scores = await EvaluateAsync(Spiral, await api.Api.GetTrainingParametersAsync(run.Id, TrainingStepChoice.Last, ValueEncoding.Base64), x);
        scores.Zip(labels).Count(pair => pair.First > 0 == pair.Second > 0.5).ShouldBeGreaterThanOrEqualTo((int)(0.99 * labels.Length));
    }

    [Fact]
    public async Task A_model_that_PyTorch_exported_is_trained_and_exported_again()
    {
        RecordedModel recorded = RecordedModel.Of("mlp");
        byte[] model = RecordedModel.File("mlp");
        var request = new TrainingRunRequest
        {
            Onnx = model,
            Data = recorded.Inputs,
            DType = ElementType.Float32,
            Steps = 150,
            Optimizer = new OptimizerContract { Name = OptimizerChoice.AdamW, LearningRate = 0.01 },
            Record = new RecordContract { Parameters = true },
        };
        TrainingRunPage run = await api.Api.StartTrainingRunAsync(request);
        (List<TrainingMetric> metrics, TrainingRunPage end) = await api.Api.FinishAsync(run.Id);
        end.State.ShouldBe(TrainingRunState.Completed, end.Reason);
        metrics[0].Loss.ShouldBe(recorded.Value, 1e-5);
        metrics[0].Parameters!.Keys.ShouldBe(recorded.Gradients.Keys, ignoreOrder: true);
        metrics[^1].Loss.ShouldBeLessThan(0.05);

        using var exported = new MemoryStream();
        await (await api.Api.ExportTrainedModelAsync(run.Id)).CopyToAsync(exported);
        EvaluationAnswer answer = await api.Api.EvaluateAsync(new EvaluationRequest { Onnx = exported.ToArray(), Inputs = recorded.Inputs });
        answer.Outputs.Values.ShouldHaveSingleItem().AsDouble().ShouldBeLessThan(metrics[^1].Loss * 1.05);
    }

    [Fact]
    public async Task An_exported_model_takes_any_number_of_examples()
    {
        TrainingRunPage run = await api.Api.StartTrainingRunAsync(Training.XorRequest(5) with { BatchSize = 2 });
        await api.Api.FinishAsync(run.Id);
        using var exported = new MemoryStream();
        await (await api.Api.ExportTrainedModelAsync(run.Id)).CopyToAsync(exported);
        foreach (long examples in (long[])[1, 4, 7])
        {
            var inputs = new Dictionary<string, TensorValue>
            {
                ["x"] = TensorValue.Of(new double[2 * examples], [examples, 2], ValueEncoding.Nested),
                ["t"] = TensorValue.Of(new double[examples], [examples, 1], ValueEncoding.Nested),
            };
            EvaluationAnswer answer = await api.Api.EvaluateAsync(new EvaluationRequest { Onnx = exported.ToArray(), Inputs = inputs });
            answer.Outputs.Values.ShouldHaveSingleItem().AsDouble().ShouldBeInRange(0, 1);
        }
    }

    [Fact]
    public async Task A_registered_graph_is_trained_and_need_not_stay_registered()
    {
        var graph = await api.Api.RegisterGraphAsync(new Client.Graphs.GraphRegistrationRequest { Expression = "loss = (w*3 - 6)^2" });
        TrainingRunPage run = await api.Api.StartTrainingRunAsync(new TrainingRunRequest
        {
            GraphId = graph.Id,
            Parameters = new Dictionary<string, ParameterContract> { ["w"] = (TensorValue)0.0 },
            Steps = 100,
            Optimizer = new OptimizerContract { Name = OptimizerChoice.Sgd, LearningRate = 0.05 },
        });
        await api.Api.DeleteGraphAsync(graph.Id);
        (_, TrainingRunPage end) = await api.Api.FinishAsync(run.Id);
        end.State.ShouldBe(TrainingRunState.Completed, end.Reason);
        (await api.Api.GetTrainingParametersAsync(run.Id)).Parameters["w"].AsDouble().ShouldBe(2, 1e-9);
        (await api.Api.GetTrainingParametersAsync(run.Id, TrainingStepChoice.Best)).Parameters["w"].AsDouble().ShouldBe(2, 1e-6);
    }

    private static InitializerContract Drawn(long rows, long columns) => new() { Initializer = InitializerChoice.XavierUniform, Shape = [rows, columns] };

    private async Task<double[]> EvaluateAsync(string expression, TrainingParameters trained, TensorValue x)
    {
        var inputs = new Dictionary<string, TensorValue>(trained.Parameters) { ["x"] = x };
        EvaluationAnswer answer = await api.Api.EvaluateAsync(new EvaluationRequest { Expression = expression, Inputs = inputs });
        return [.. answer.Outputs.Values.Single().ToArray()];
    }

    // Two turns of two spirals, each half a turn behind the other.
    private static (double[] Points, double[] Labels) Spirals(int each)
    {
        var points = new List<double>();
        var labels = new List<double>();
        for (int i = 0; i < each; i++)
        {
            double radius = 0.15 + (0.85 * i / each);
            for (int arm = 0; arm < 2; arm++)
            {
                double angle = (3 * Math.PI * radius) + (arm * Math.PI);
                points.AddRange([2 * radius * Math.Cos(angle), 2 * radius * Math.Sin(angle)]);
                labels.Add(arm);
            }
        }

        return ([.. points], [.. labels]);
    }
}
