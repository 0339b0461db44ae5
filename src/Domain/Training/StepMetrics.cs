namespace Backprop.Domain.Training;

/// <summary>What is recorded of a step.</summary>
/// <param name="Step">The step, from 1.</param>
/// <param name="Epoch">The pass over the data, from 1.</param>
/// <param name="Loss">The loss before the update; the mean over micro-batches.</param>
/// <param name="GradientNorm">The Euclidean norm of all gradients together, before clipping.</param>
/// <param name="LearningRate">The learning rate of the update.</param>
public sealed record StepMetrics(long Step, long Epoch, double Loss, double GradientNorm, double LearningRate)
{
    /// <summary>The loss on the validation data after the update; null if this step was not validated.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>The norm after clipping; null without clipping.</summary>
    public double? ClippedNorm { get; init; }

    /// <summary>Norms per parameter, if they are recorded.</summary>
    public IReadOnlyDictionary<string, ParameterMetrics>? Parameters { get; init; }
}

/// <summary>What is recorded of a parameter.</summary>
/// <param name="Norm">Its norm before the update.</param>
/// <param name="GradientNorm">The norm of its gradient before clipping.</param>
/// <param name="UpdateRatio">The norm of its update divided by its own.</param>
public readonly record struct ParameterMetrics(double Norm, double GradientNorm, double UpdateRatio);
