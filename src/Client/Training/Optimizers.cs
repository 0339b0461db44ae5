using System.Text.Json.Serialization;
using Backprop.Client.Json;

namespace Backprop.Client.Training;

/// <summary>An optimizer and its hyperparameters; one that is not given has PyTorch's default.</summary>
public sealed record OptimizerContract
{
    /// <summary>The optimizer.</summary>
    public required OptimizerChoice Name { get; init; }

    /// <summary>The learning rate.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? LearningRate { get; init; }

    /// <summary>The decay of the average of gradients: <c>adam</c>, <c>adamW</c>, <c>lion</c>.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? Beta1 { get; init; }

    /// <summary>The decay of the average of squared gradients (of Lion's momentum): <c>adam</c>, <c>adamW</c>, <c>lion</c>.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? Beta2 { get; init; }

    /// <summary>What is added to the denominator: <c>adagrad</c>, <c>rmsprop</c>, <c>adam</c>, <c>adamW</c>.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? Epsilon { get; init; }

    /// <summary>The factor of weight decay.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? WeightDecay { get; init; }

    /// <summary>The momentum: <c>sgd</c>, <c>rmsprop</c>.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? Momentum { get; init; }

    /// <summary>The dampening of the momentum: <c>sgd</c>.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? Dampening { get; init; }

    /// <summary>Whether the momentum is Nesterov's: <c>sgd</c>.</summary>
    public bool? Nesterov { get; init; }

    /// <summary>The decay of the average of squared gradients: <c>rmsprop</c>.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? Alpha { get; init; }

    /// <summary>Whether the average of gradients is subtracted: <c>rmsprop</c>.</summary>
    public bool? Centered { get; init; }

    /// <summary>The decay of the learning rate: <c>adagrad</c>.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? Decay { get; init; }
}

/// <summary>An optimizer, as <c>torch.optim</c> defines it.</summary>
public enum OptimizerChoice
{
    /// <summary>Stochastic gradient descent, with or without (Nesterov) momentum.</summary>
    Sgd,

    /// <summary>Duchi, Hazan and Singer (2011).</summary>
    Adagrad,

    /// <summary>Hinton's lecture 6e (2012), with or without momentum, centred or not.</summary>
    Rmsprop,

    /// <summary>Kingma and Ba (2015); weight decay adds to the gradient.</summary>
    Adam,

    /// <summary>Loshchilov and Hutter (2019); weight decay is decoupled.</summary>
    AdamW,

    /// <summary>Chen et al. (2023).</summary>
    Lion,
}

/// <summary>A schedule of the learning rate; what is not given has PyTorch's default.</summary>
public sealed record ScheduleContract
{
    /// <summary>The schedule.</summary>
    public required ScheduleChoice Name { get; init; }

    /// <summary>The steps before the schedule begins, in which the rate grows linearly. Default: 0.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? WarmupSteps { get; init; }

    /// <summary>The steps of the schedule. Default: the rest of the run.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? TotalSteps { get; init; }

    /// <summary>The lowest rate: <c>cosine</c>.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? Minimum { get; init; }

    /// <summary>The first factor: <c>linear</c>.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? StartFactor { get; init; }

    /// <summary>The last factor: <c>linear</c>.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? EndFactor { get; init; }

    /// <summary>The steps between two factors: <c>step</c>.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? StepSize { get; init; }

    /// <summary>The factor: <c>step</c>, <c>exponential</c>.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? Gamma { get; init; }

    /// <summary>The highest rate: <c>oneCycle</c>.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? Maximum { get; init; }

    /// <summary>The part of the cycle in which the rate grows: <c>oneCycle</c>.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? PctStart { get; init; }

    /// <summary>The highest rate divided by the first: <c>oneCycle</c>.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? DivFactor { get; init; }

    /// <summary>The first rate divided by the last: <c>oneCycle</c>.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? FinalDivFactor { get; init; }
}

/// <summary>A schedule, as <c>torch.optim.lr_scheduler</c> defines it.</summary>
public enum ScheduleChoice
{
    /// <summary>The learning rate of the optimizer.</summary>
    Constant,

    /// <summary>A factor that changes linearly.</summary>
    Linear,

    /// <summary>Half a cosine, down to a minimum.</summary>
    Cosine,

    /// <summary>A factor per so many steps.</summary>
    Step,

    /// <summary>A factor per step.</summary>
    Exponential,

    /// <summary>Up and down once (Smith and Topin, 2018).</summary>
    OneCycle,
}
