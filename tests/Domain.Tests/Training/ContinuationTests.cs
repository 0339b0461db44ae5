using Backprop.Compute.Training;
using Backprop.Domain.Graphs;
using Backprop.Domain.Training;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Training;

/// <summary>A run that is continued from any of its states has the bits of one that was never disturbed, and so has a run next to others.</summary>
public class ContinuationTests
{
    private const string Network = "h = tanh(x @ w1 + b1); y = h @ w2 + b2; L = mean((y - t)^2)";
    private const string Dropped = "h = dropout(tanh(x @ w1 + b1), 0.4, training); y = h @ w2 + b2; L = mean((y - t)^2)";

    private static readonly Dictionary<string, Literal> Training = new() { ["training"] = new(Tensor.Scalar(true)) };

    private static readonly Dictionary<string, TrainingDefinition> Definitions = new()
    {
        ["shuffled batches, the last one smaller"] = Of(Network),
        ["dropLast"] = Of(Network, batches => batches with { DropLast = true }),
        ["accumulation, the last step shorter"] = Of(Network, batches => batches with { AccumulationSteps = 2 }),
        ["all examples"] = Of(Network, batches => batches with { Size = null }),
        ["dropout"] = Of(Dropped) with { Inputs = Training },
        ["dropout and accumulation"] = Of(Dropped, batches => batches with { AccumulationSteps = 3 }) with { Inputs = Training },
        ["gradients never zeroed"] = Of(Network) with { Gradients = new() { Zero = false, ClipNorm = 1 }, Optimizer = new(OptimizerName.Sgd) { LearningRate = 0.001 } },
        ["gradients never zeroed, accumulated"] = Of(Network, batches => batches with { AccumulationSteps = 2 }) with { Gradients = new() { Zero = false } },
        ["validation and patience"] = Of(Network) with { Validation = Examples(7, 9, 3), Stop = new() { Patience = 2 } },
        ["patience without validation"] = Of(Network) with { Record = new(2), Stop = new() { Patience = 2 } },
        ["a loss to reach"] = Of(Network) with { Stop = new() { LossBelow = 0.9 } },
        ["finite differences"] = Of(Network) with { Gradients = new() { Method = GradientMethod.FiniteDifferences } },
        ["finite differences of float32, accumulated"] = Of(Network, batches => batches with { AccumulationSteps = 2 })
            with
        { Gradients = new() { Method = GradientMethod.FiniteDifferences, Epsilon = 0.01 }, DType = DType.Float32 },
        ["float32"] = Of(Network) with { DType = DType.Float32, Record = new(1, Parameters: true), Gradients = new() { ClipNorm = 0.5, ClipValue = 0.1 } },
        ["steps left out"] = Of("L = mean(log(x @ w1 + 2*b1)^2) + sum(w2)^2 + mean((b2 - t)^2)") with { Stop = new() { NonFinite = NonFiniteAction.Skip } },
        ["sgd"] = Of(Network) with { Optimizer = new(OptimizerName.Sgd) { Momentum = 0.9, Dampening = 0.2 }, Schedule = new(ScheduleName.Cosine) { WarmupSteps = 3 } },
        ["adagrad"] = Of(Network) with { Optimizer = new(OptimizerName.Adagrad) { Decay = 0.1 }, Schedule = new(ScheduleName.OneCycle) { Maximum = 0.1 } },
        ["rmsprop"] = Of(Network) with { Optimizer = new(OptimizerName.RmsProp) { Centered = true, Momentum = 0.5 } },
        ["lion"] = Of(Network) with { Optimizer = new(OptimizerName.Lion) { LearningRate = 0.01 } },
    };

    public static TheoryData<string> Names => [.. Definitions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_state_leads_to_the_same_end(string name)
    {
        Trainer trainer = Runs.Compile(Definitions[name]);
        (List<TrainingState> states, List<StepMetrics?> metrics, TrainingOutcome outcome) = Undisturbed(trainer);
        for (int step = 0; step < states.Count - 1; step++)
        {
            using TrainingLoop loop = trainer.Continue(states[step]);
            RequireSame(loop.Capture(), states[step]);
            for (int next = step; next < metrics.Count; next++)
            {
                loop.Outcome.ShouldBeNull();
                RequireSame(loop.Advance(CancellationToken.None), metrics[next]);
            }

            loop.Outcome.ShouldBe(outcome);
            RequireSame(loop.Capture(), states[^1]);
        }

        using TrainingLoop ended = trainer.Continue(states[^1]);
        ended.Outcome.ShouldBe(outcome);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_cancelled_step_changes_nothing(string name)
    {
        Trainer trainer = Runs.Compile(Definitions[name]);
        TrainingState expected = Runs.Finish(trainer).State;
        using TrainingLoop loop = trainer.Continue(trainer.Initial());
        while (loop.Outcome is null)
        {
            TrainingState before = loop.Capture();
            Should.Throw<OperationCanceledException>(() => loop.Advance(new CancellationToken(canceled: true)));
            RequireSame(loop.Capture(), before);
            loop.Advance(CancellationToken.None);
        }

        RequireSame(loop.Capture(), expected);
    }

    [Fact]
    public async Task Runs_at_the_same_time_have_the_bits_of_one_alone()
    {
        // Large enough for several threads, of which a run gets as many as others leave to it.
        Trainer trainer = Runs.Compile(Of(Network, batches => batches with { Size = 64 }, examples: 200, width: 300) with { DType = DType.Float32 });
        TrainingState alone = Runs.Finish(trainer).State;
        TrainingState[] together = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Runs.Finish(trainer).State)));
        foreach (TrainingState state in together)
        {
            RequireSame(state, alone);
        }
    }

    private static (List<TrainingState> States, List<StepMetrics?> Metrics, TrainingOutcome Outcome) Undisturbed(Trainer trainer)
    {
        using TrainingLoop loop = trainer.Continue(trainer.Initial());
        List<TrainingState> states = [loop.Capture()];
        List<StepMetrics?> metrics = [];
        while (loop.Outcome is null)
        {
            metrics.Add(loop.Advance(CancellationToken.None));
            states.Add(loop.Capture());
        }

        return (states, metrics, loop.Outcome);
    }

    private static void RequireSame(TrainingState actual, TrainingState expected)
    {
        actual.Step.ShouldBe(expected.Step);
        actual.WithoutImprovement.ShouldBe(expected.WithoutImprovement);
        RequireSame(actual.Tensors, expected.Tensors);
        (actual.Best is null).ShouldBe(expected.Best is null);
        if (actual.Best is { } best)
        {
            (best.Step, best.Loss).ShouldBe((expected.Best!.Step, expected.Best.Loss));
            RequireSame(best.Parameters, expected.Best.Parameters);
        }
    }

    private static void RequireSame(IReadOnlyDictionary<string, Tensor> actual, IReadOnlyDictionary<string, Tensor> expected)
    {
        actual.Keys.Order().ShouldBe(expected.Keys.Order());
        foreach ((string name, Tensor tensor) in actual)
        {
            tensor.Bytes().SequenceEqual(expected[name].Bytes()).ShouldBeTrue(name);
        }
    }

    private static void RequireSame(StepMetrics? actual, StepMetrics? expected)
    {
        (actual is null).ShouldBe(expected is null);
        (actual is null ? null : actual with { Parameters = null }).ShouldBe(expected is null ? null : expected with { Parameters = null });
        actual?.Parameters?.OrderBy(pair => pair.Key).ShouldBe(expected!.Parameters!.OrderBy(pair => pair.Key));
    }

    private static TrainingDefinition Of(string expression, Func<BatchOptions, BatchOptions>? batches = null, int examples = 11, int width = 3)
    {
        var options = new BatchOptions { Size = 4, Seed = 5 };
        return new TrainingDefinition(Runs.Graph(expression))
        {
            Data = Examples(examples, 1, width).Data,
            Parameters = new Dictionary<string, ParameterStart>
            {
                ["w1"] = new(Initializer: new(InitializerName.HeNormal, [width, width + 2])),
                ["b1"] = new(Initializer: new(InitializerName.Uniform, [width + 2])),
                ["w2"] = new(Initializer: new(InitializerName.Orthogonal, [width + 2, 2])),
                ["b2"] = new(Initializer: new(InitializerName.Zeros, [2])),
            },
            Batches = batches?.Invoke(options) ?? options,
            Steps = 9,
            Optimizer = new(OptimizerName.AdamW) { LearningRate = 0.05 },
        };
    }

    private static ValidationOptions Examples(int count, int seed, int width)
    {
        var random = new Random(seed);
        Literal Values(int columns) => Runs.Value([.. Enumerable.Range(0, count * columns).Select(_ => (2 * random.NextDouble()) - 1)], count, columns);
        return new ValidationOptions(new Dictionary<string, Literal> { ["x"] = Values(width), ["t"] = Values(2) }, 2);
    }
}
