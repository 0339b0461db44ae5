using Backprop.Domain.Graphs;
using Backprop.Domain.Training;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Training;

/// <summary>What a run does.</summary>
public class RunTests
{
    internal static TrainingDefinition Xor { get; } = new(Runs.Graph("h = tanh(x @ w1 + b1); y = h @ w2 + b2; L = mean((y - t)^2)"))
    {
        Data = new Dictionary<string, Literal>
        {
            ["x"] = Runs.Value([0, 0, 0, 1, 1, 0, 1, 1], 4, 2),
            ["t"] = Runs.Value([0, 1, 1, 0], 4, 1),
        },
        Parameters = new Dictionary<string, ParameterStart>
        {
            ["w1"] = new(Initializer: new(InitializerName.XavierUniform, [2, 16])),
            ["b1"] = new(Initializer: new(InitializerName.Zeros, [16])),
            ["w2"] = new(Initializer: new(InitializerName.XavierUniform, [16, 1])),
            ["b2"] = new(Initializer: new(InitializerName.Zeros, [1])),
        },
        Steps = 500,
        Optimizer = new(OptimizerName.Adam) { LearningRate = 0.02 },
    };

    [Fact]
    public void Exclusive_or_is_learnt()
    {
        (TrainingState state, TrainingOutcome outcome, List<StepMetrics> metrics) = Runs.Finish(Xor);
        outcome.End.ShouldBe(TrainingEnd.Completed);
        state.Step.ShouldBe(500);
        metrics.Count.ShouldBe(500);
        metrics[^1].Loss.ShouldBeLessThan(1e-3);
    }

    [Fact]
    public void Gradient_descent_on_a_quadratic_shrinks_the_parameter_by_the_same_factor_in_each_step()
    {
        var definition = new TrainingDefinition(Runs.Graph("L = 0.5*4*x^2"))
        {
            Parameters = new Dictionary<string, ParameterStart> { ["x"] = new(Literal.Of(1.0)) },
            Steps = 10,
            Optimizer = new(OptimizerName.Sgd) { LearningRate = 0.1 },
        };
        Runs.Finish(definition).State.Tensors["x"][0].ShouldBe(Math.Pow(0.6, 10), 1e-15);
    }

    [Theory]
    [InlineData(0.49, true)]
    [InlineData(0.51, false)]
    public void Gradient_descent_diverges_just_above_two_divided_by_the_curvature(double learningRate, bool converges)
    {
        TrainingDefinition definition = Descent("L = 0.5*4*x^2", 1) with { Steps = 100_000, Optimizer = new(OptimizerName.Sgd) { LearningRate = learningRate } };
        (TrainingState state, TrainingOutcome outcome, _) = Runs.Finish(definition);
        outcome.End.ShouldBe(converges ? TrainingEnd.Completed : TrainingEnd.Diverged);
        if (converges)
        {
            Math.Abs(state.Tensors["x"][0]).ShouldBeLessThan(1e-12);
        }
    }

    [Fact]
    public void Divergence_is_reported_with_its_step_and_the_first_node_that_is_not_finite()
    {
        // 2 − 0.6k: the logarithm of a negative number in step 5.
        TrainingDefinition definition = Descent("u = log(x); L = 0*u + x", 2) with { Steps = 10, Optimizer = new(OptimizerName.Sgd) { LearningRate = 0.6 } };
        (TrainingState state, TrainingOutcome outcome, List<StepMetrics> metrics) = Runs.Finish(definition);
        outcome.End.ShouldBe(TrainingEnd.Diverged);
        outcome.Node.ShouldBe("u");
        outcome.Reason.ShouldNotBeNull().ShouldStartWith("step 5: log of the negative number -0.4");
        state.Step.ShouldBe(4);
        metrics[^1].Step.ShouldBe(5);
        metrics[^1].Loss.ShouldBe(double.NaN);
    }

    [Fact]
    public void A_learning_rate_that_is_far_too_large_is_legal_and_named_in_the_step_after_it()
    {
        TrainingDefinition definition = Xor with { Optimizer = new(OptimizerName.Sgd) { LearningRate = 1e300 }, DType = DType.Float32 };
        TrainingOutcome outcome = Runs.Finish(definition).Outcome;
        outcome.End.ShouldBe(TrainingEnd.Diverged);
        outcome.Reason.ShouldNotBeNull().ShouldContain("the update of step 1 made the parameter 'w1' too large for float32");
    }

    [Fact]
    public void Steps_that_are_not_finite_can_be_left_out()
    {
        // Examples 1 and 3 have no logarithm.
        var definition = new TrainingDefinition(Runs.Graph("L = mean(log(x)*w)"))
        {
            Data = new Dictionary<string, Literal> { ["x"] = Runs.Value([1, -1, 2, -2], 4) },
            Parameters = new Dictionary<string, ParameterStart> { ["w"] = new(Literal.Of(0.0)) },
            Batches = new() { Size = 1, Shuffle = false },
            Steps = 4,
            Optimizer = new(OptimizerName.Sgd) { LearningRate = 1 },
            Stop = new() { NonFinite = NonFiniteAction.Skip },
        };
        (TrainingState state, TrainingOutcome outcome, List<StepMetrics> metrics) = Runs.Finish(definition);
        outcome.End.ShouldBe(TrainingEnd.Completed);
        state.Tensors["w"][0].ShouldBe(-Math.Log(2), 1e-15);
        metrics.Select(step => double.IsNaN(step.Loss)).ShouldBe([false, true, false, true]);
    }

    [Fact]
    public void A_run_ends_at_the_first_loss_below_its_bound_and_has_the_parameters_that_gave_it()
    {
        (TrainingState state, TrainingOutcome outcome, List<StepMetrics> metrics) = Runs.Finish(Xor with { Stop = new() { LossBelow = 0.1 } });
        outcome.End.ShouldBe(TrainingEnd.Stopped);
        metrics.SkipLast(1).ShouldAllBe(step => step.Loss >= 0.1);
        metrics[^1].Loss.ShouldBeLessThan(0.1);
        BestParameters best = state.Best.ShouldNotBeNull();
        (best.Step, best.Loss).ShouldBe((state.Step, metrics[^1].Loss));
        Dictionary<string, ParameterStart> start = best.Parameters.ToDictionary(value => value.Key, value => new ParameterStart(new Literal(value.Value)));
        Runs.Finish(Xor with { Parameters = start, Steps = 1 }).Metrics[0].Loss.ShouldBe(best.Loss);
    }

    [Fact]
    public void Patience_counts_validations_without_a_smaller_loss()
    {
        var validation = new ValidationOptions(new Dictionary<string, Literal> { ["x"] = Runs.Value([1, 1], 1, 2), ["t"] = Runs.Value([9], 1, 1) }, 3);
        (TrainingState state, TrainingOutcome outcome, List<StepMetrics> metrics) = Runs.Finish(Xor with { Validation = validation, Stop = new() { Patience = 4 } });
        outcome.End.ShouldBe(TrainingEnd.Stopped);
        state.WithoutImprovement.ShouldBe(4);
        state.Step.ShouldBe(state.Best.ShouldNotBeNull().Step + 12);
        metrics.Where(step => step.ValidationLoss is not null).ShouldAllBe(step => step.Step % 3 == 0);
        metrics.Min(step => step.ValidationLoss).ShouldBe(state.Best.Loss);
    }

    [Fact]
    public void Only_every_nth_step_and_the_last_one_are_recorded()
    {
        List<StepMetrics> metrics = Runs.Finish(Xor with { Steps = 25, Record = new(10, Parameters: true), Gradients = new() { ClipNorm = 0.01 } }).Metrics;
        metrics.Select(step => step.Step).ShouldBe([10, 20, 25]);
        foreach (StepMetrics step in metrics)
        {
            step.ClippedNorm.ShouldNotBeNull().ShouldBe(0.01, 1e-5);
            Math.Sqrt(step.Parameters!.Values.Sum(value => value.GradientNorm * value.GradientNorm)).ShouldBe(step.GradientNorm, 1e-12);
            step.Parameters.Values.ShouldAllBe(value => value.Norm > 0 && value.UpdateRatio > 0);
        }
    }

    [Fact]
    public void Finite_differences_lead_to_the_same_parameters()
    {
        TrainingDefinition definition = Xor with { Steps = 20, Optimizer = new(OptimizerName.Sgd) { LearningRate = 0.1 } };
        TrainingState expected = Runs.Finish(definition).State, actual = Runs.Finish(definition with { Gradients = new() { Method = GradientMethod.FiniteDifferences } }).State;
        foreach (string name in Xor.Parameters.Keys)
        {
            for (int i = 0; i < expected.Tensors[name].Count; i++)
            {
                actual.Tensors[name][i].ShouldBe(expected.Tensors[name][i], 1e-8);
            }
        }
    }

    [Fact]
    public void Dropout_differs_from_step_to_step_and_from_seed_to_seed_and_drops_nothing_in_validation()
    {
        var definition = new TrainingDefinition(Runs.Graph("L = sum(dropout(x, 0.5, training)) + 0*w"))
        {
            Data = new Dictionary<string, Literal> { ["x"] = Runs.Value([.. Enumerable.Range(1, 40)], 1, 40) },
            Inputs = new Dictionary<string, Literal> { ["training"] = new(Tensor.Scalar(true)) },
            Parameters = new Dictionary<string, ParameterStart> { ["w"] = new(Literal.Of(0.0)) },
            Steps = 6,
        };
        definition = definition with { Validation = new(definition.Data, 1) };
        List<StepMetrics> first = Runs.Finish(definition).Metrics, other = Runs.Finish(definition with { Batches = new() { Seed = 1 } }).Metrics;
        first.Concat(other).Select(step => step.Loss).Distinct().Count().ShouldBe(12);
        first.ShouldAllBe(step => step.ValidationLoss == 820);
    }

    private static TrainingDefinition Descent(string expression, double start) => new(Runs.Graph(expression))
    {
        Parameters = new Dictionary<string, ParameterStart> { ["x"] = new(Literal.Of(start)) },
    };
}
