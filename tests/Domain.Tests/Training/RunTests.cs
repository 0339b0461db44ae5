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
}
