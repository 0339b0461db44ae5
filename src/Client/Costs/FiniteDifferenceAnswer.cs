namespace Backprop.Client.Costs;

/// <summary>The response of <c>POST /finite-difference-times</c>: the cost of the gradient without backpropagation, and its accuracy.</summary>
public sealed record FiniteDifferenceAnswer
{
    /// <summary>The id of the submitted graph; absent if there is none.</summary>
    public string? GraphId { get; init; }

    /// <summary>The number of parameters, n.</summary>
    public required long Parameters { get; init; }

    /// <summary>The finite-difference scheme.</summary>
    public required FiniteDifferenceMethod Method { get; init; }

    /// <summary>The precision assumed for errors.</summary>
    public required Precision Precision { get; init; }

    /// <summary>The exact number of evaluations for one gradient.</summary>
    public required long Evaluations { get; init; }

    /// <summary>The time of one evaluation, seconds.</summary>
    public required double EvaluationSeconds { get; init; }

    /// <summary>The time of all of them, seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>The same in words: <c>11.1 years</c> (of 365.25 days; three significant digits).</summary>
    public required string Text { get; init; }

    /// <summary>The time of backpropagation, one forward and one backward pass, seconds.</summary>
    public required double BackpropSeconds { get; init; }

    /// <summary>The same in words.</summary>
    public required string BackpropText { get; init; }

    /// <summary>The factor by which backpropagation is faster.</summary>
    public required double Speedup { get; init; }

    /// <summary>The smallest relative error that the method reaches in this precision, whatever the step.</summary>
    public required double BestRelativeError { get; init; }

    /// <summary>The relative step at which it is reached; for <c>complexStep</c> the largest one, since all smaller ones are equally good.</summary>
    public required double BestStep { get; init; }

    /// <summary>Whether the method is usable here.</summary>
    public required FiniteDifferenceVerdict Verdict { get; init; }

    /// <summary>For a graph, what was run; otherwise absent.</summary>
    public FiniteDifferenceMeasurement? Measurement { get; init; }

    /// <summary>
    /// For a model on a device, the interval of an evaluation's time; <c>evaluationSeconds</c> is the lower end. Absent if a time was given or
    /// measured.
    /// </summary>
    public TimeInterval? EvaluationMs { get; init; }

    /// <summary>How each figure is computed.</summary>
    public required IReadOnlyList<FigureOrigin> Formulas { get; init; }

    /// <summary>Assumptions made for what the request leaves out.</summary>
    public required IReadOnlyList<string> Assumptions { get; init; }

    /// <summary>Contradictions; empty if there are none.</summary>
    public required IReadOnlyList<Inconsistency> Inconsistencies { get; init; }
}

/// <summary>Whether finite differences are usable, in time and accuracy.</summary>
public sealed record FiniteDifferenceVerdict
{
    /// <summary>False if one gradient takes longer than a day, or if most of its components are below the noise.</summary>
    public required bool Feasible { get; init; }

    /// <summary>The absolute error of a component for a value of order 1.</summary>
    public required double Noise { get; init; }

    /// <summary>The root mean square of a component of the gradient: 1/√n for a gradient of norm 1, the measured one for a graph.</summary>
    public required double TypicalComponent { get; init; }

    /// <summary>The ratio of the first to the second: above 1, the noise exceeds the component.</summary>
    public required double NoiseToComponent { get; init; }

    /// <summary>The verdict in words: <c>infeasible: …</c></summary>
    public required string Text { get; init; }
}

/// <summary>Perturbed evaluations of a graph that were run, and the time of all evaluations extrapolated from them.</summary>
public sealed record FiniteDifferenceMeasurement
{
    /// <summary>The evaluations that were run.</summary>
    public required long Evaluations { get; init; }

    /// <summary>The time they took, seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>The mean of one, milliseconds, from which the total is extrapolated.</summary>
    public required double MeanMs { get; init; }

    /// <summary>The standard deviation of one, milliseconds.</summary>
    public required double DeviationMs { get; init; }

    /// <summary>The fastest tenth is below this, milliseconds.</summary>
    public required double TenthMs { get; init; }

    /// <summary>Half are below this, milliseconds.</summary>
    public required double MedianMs { get; init; }

    /// <summary>The slowest tenth is above this, milliseconds.</summary>
    public required double NinetiethMs { get; init; }

    /// <summary>The median time of one run of value and gradient, milliseconds.</summary>
    public required double BackpropMs { get; init; }

    /// <summary>The number of such runs.</summary>
    public required long BackpropRuns { get; init; }

    /// <summary>
    /// The greatest |difference quotient − derivative| of the perturbed elements, relative to the greatest derivative; absent for <c>complexStep</c>,
    /// which is estimated from real evaluations.
    /// </summary>
    public double? SampledError { get; init; }
}
