using Backprop.Client.Values;

namespace Backprop.Client.Training;

/// <summary>What is recorded of a step.</summary>
public sealed record TrainingMetric
{
    /// <summary>The step, from 1.</summary>
    public required long Step { get; init; }

    /// <summary>The pass over the data, from 1.</summary>
    public required long Epoch { get; init; }

    /// <summary>The loss before the update.</summary>
    public required double Loss { get; init; }

    /// <summary>The loss on the validation data after the update; absent if this step was not validated.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>The 2-norm of all gradients together, before clipping.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>The norm after clipping; absent without clipping.</summary>
    public double? ClippedNorm { get; init; }

    /// <summary>The learning rate of the update.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Norms per parameter; absent if they are not recorded.</summary>
    public IReadOnlyDictionary<string, ParameterMetric>? Parameters { get; init; }
}

/// <summary>What is recorded of a parameter.</summary>
public sealed record ParameterMetric
{
    /// <summary>Its norm before the update.</summary>
    public required double Norm { get; init; }

    /// <summary>The norm of its gradient before clipping.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>The norm of its update divided by its own.</summary>
    public required double UpdateRatio { get; init; }
}

/// <summary>A page of recorded steps.</summary>
public sealed record TrainingMetricList
{
    /// <summary>The recorded steps of this page in order.</summary>
    public required IReadOnlyList<TrainingMetric> Items { get; init; }

    /// <summary>The value of <c>cursor</c> for the next page; absent if nothing more is recorded so far.</summary>
    public string? NextCursor { get; init; }
}

/// <summary>The parameters of a run after a step.</summary>
public sealed record TrainingParameters
{
    /// <summary>The number of steps done.</summary>
    public required long Step { get; init; }

    /// <summary>The parameters by name.</summary>
    public required IReadOnlyDictionary<string, TensorValue> Parameters { get; init; }
}

/// <summary>Which parameters of a run are meant.</summary>
public enum TrainingStepChoice
{
    /// <summary>Those of the last checkpoint.</summary>
    Last,

    /// <summary>Those with the smallest loss up to the last checkpoint.</summary>
    Best,
}

/// <summary>What is plotted.</summary>
public enum TrainingCurve
{
    /// <summary>The loss.</summary>
    Loss,

    /// <summary>The loss on the validation data.</summary>
    ValidationLoss,

    /// <summary>The norm of the gradient before clipping.</summary>
    GradientNorm,

    /// <summary>The norm after clipping.</summary>
    ClippedNorm,

    /// <summary>The learning rate.</summary>
    LearningRate,

    /// <summary>The ratio of each update to its parameter.</summary>
    UpdateRatio,
}

/// <summary>The scale of the vertical axis.</summary>
public enum PlotScale
{
    /// <summary>Equal steps are equal differences.</summary>
    Linear,

    /// <summary>Equal steps are equal ratios.</summary>
    Log,
}
