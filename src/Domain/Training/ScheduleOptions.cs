namespace Backprop.Domain.Training;

/// <summary>A schedule of <c>torch.optim.lr_scheduler</c>.</summary>
public enum ScheduleName
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

/// <summary>A schedule and its parameters; null for PyTorch's default.</summary>
/// <param name="Name">The schedule.</param>
public sealed record ScheduleOptions(ScheduleName Name)
{
    /// <summary>The steps before the schedule begins, in which the rate grows linearly.</summary>
    public long WarmupSteps { get; init; }

    /// <summary>The steps of the schedule; null for the rest of the run.</summary>
    public long? TotalSteps { get; init; }

    /// <summary>The lowest rate of the cosine.</summary>
    public double? Minimum { get; init; }

    /// <summary>The first factor of the linear schedule.</summary>
    public double? StartFactor { get; init; }

    /// <summary>The last factor of the linear schedule.</summary>
    public double? EndFactor { get; init; }

    /// <summary>The steps between two factors.</summary>
    public long? StepSize { get; init; }

    /// <summary>The factor.</summary>
    public double? Gamma { get; init; }

    /// <summary>The highest rate of one-cycle.</summary>
    public double? Maximum { get; init; }

    /// <summary>The part of the cycle in which the rate grows.</summary>
    public double? PctStart { get; init; }

    /// <summary>The highest rate divided by the first.</summary>
    public double? DivFactor { get; init; }

    /// <summary>The first rate divided by the last.</summary>
    public double? FinalDivFactor { get; init; }
}
