using Backprop.Domain.Graphs;
using Backprop.Domain.Training.Steps;

namespace Backprop.Compute.Training;

/// <summary>What the plans of a step read and write at the moment.</summary>
internal sealed class StepMemory
{
    /// <summary>The examples of the batch.</summary>
    public IReadOnlyList<Tensor> Data { get; set; } = [];

    /// <summary>The inputs that are the same in every step.</summary>
    public IReadOnlyList<Tensor> Fixed { get; set; } = [];

    /// <summary>The random values of the batch.</summary>
    public IReadOnlyList<Tensor> Draws { get; set; } = [];

    /// <summary>The parameters.</summary>
    public IReadOnlyList<Tensor> Parameters { get; set; } = [];

    /// <summary>Memory for the updated parameters.</summary>
    public IReadOnlyList<Tensor> NextParameters { get; set; } = [];

    /// <summary>The states of the optimizer.</summary>
    public IReadOnlyList<Tensor> States { get; set; } = [];

    /// <summary>Memory for the updated states.</summary>
    public IReadOnlyList<Tensor> NextStates { get; set; } = [];

    /// <summary>The sums of gradients.</summary>
    public IReadOnlyList<Tensor> Gradients { get; set; } = [];

    /// <summary>Memory for the next sums of gradients.</summary>
    public IReadOnlyList<Tensor> NextGradients { get; set; } = [];

    /// <summary>The learning rate.</summary>
    public Tensor LearningRate { get; } = Tensor.Scalar(0.0);

    /// <summary>The number of updates including this one.</summary>
    public Tensor Updates { get; } = Tensor.Scalar(0.0);

    /// <summary>The value of an input.</summary>
    public Tensor Input(StepValue value) => value.Role switch
    {
        StepRole.Data => Data[value.Index],
        StepRole.Fixed => Fixed[value.Index],
        StepRole.Draw => Draws[value.Index],
        StepRole.Parameter => Parameters[value.Index],
        StepRole.State => States[value.Index],
        StepRole.Gradient => Gradients[value.Index],
        StepRole.LearningRate => LearningRate,
        _ => Updates,
    };

    /// <summary>The memory of an output; null for a number that is only read.</summary>
    public Tensor? Output(StepValue value) => value.Role switch
    {
        StepRole.Parameter => NextParameters[value.Index],
        StepRole.State => NextStates[value.Index],
        StepRole.Gradient => NextGradients[value.Index],
        _ => null,
    };
}
