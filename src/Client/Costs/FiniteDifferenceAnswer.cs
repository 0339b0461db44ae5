namespace Backprop.Client.Costs;

/// <summary>
/// What <c>POST /finite-difference-times</c> answers: what the gradient would take without backpropagation, and what it would be worth.
/// </summary>
public sealed record FiniteDifferenceAnswer
{
    /// <summary>The id of the submitted graph; absent where none was.</summary>
    public string? GraphId { get; init; }

    /// <summary>The number of parameters, n.</summary>
    public required long Parameters { get; init; }

    /// <summary>The difference quotient.</summary>
    public required FiniteDifferenceMethod Method { get; init; }

    /// <summary>The precision that errors were reckoned in.</summary>
    public required Precision Precision { get; init; }

    /// <summary>How often the function is evaluated for one gradient, exactly.</summary>
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

    /// <summary>By what factor backpropagation is faster.</summary>
    public required double Speedup { get; init; }

    /// <summary>The smallest relative error that the method reaches in this precision, whatever the step.</summary>
    public required double BestRelativeError { get; init; }

    /// <summary>The relative step at which it is reached; for <c>complexStep</c> the largest one, all smaller ones are as good.</summary>
    public required double BestStep { get; init; }

    /// <summary>Whether the method is any use here.</summary>
    public required FiniteDifferenceVerdict Verdict { get; init; }

    /// <summary>For a graph what was run; absent where nothing was.</summary>
    public FiniteDifferenceMeasurement? Measurement { get; init; }

    /// <summary>
    /// For a model on a device between which times an evaluation lies; <c>evaluationSeconds</c> is the lower end. Absent where a time was given or
    /// measured.
    /// </summary>
    public TimeInterval? EvaluationMs { get; init; }

    /// <summary>How each figure comes about.</summary>
    public required IReadOnlyList<FigureOrigin> Formulas { get; init; }

    /// <summary>What was assumed where the request was silent.</summary>
    public required IReadOnlyList<string> Assumptions { get; init; }

    /// <summary>What cannot be true at the same time; empty where all fits together.</summary>
    public required IReadOnlyList<Inconsistency> Inconsistencies { get; init; }
}

/// <summary>Whether finite differences are any use: as to time, and as to digits.</summary>
public sealed record FiniteDifferenceVerdict
{
    /// <summary>False where one gradient takes longer than a day, or where most of its components drown in noise.</summary>
    public required bool Feasible { get; init; }

    /// <summary>The absolute error of a component for a value of order 1.</summary>
    public required double Noise { get; init; }

    /// <summary>The root mean square of a component of the gradient: 1/√n for a gradient of norm 1, the measured one for a graph.</summary>
    public required double TypicalComponent { get; init; }

    /// <summary>The first by the second: above 1 the noise is greater than what is looked for.</summary>
    public required double NoiseToComponent { get; init; }

    /// <summary>What that means, in words: <c>infeasible: …</c></summary>
    public required string Text { get; init; }
}

/// <summary>Evaluations of a graph that were really run, each with one element moved, and what they say of all.</summary>
public sealed record FiniteDifferenceMeasurement
{
    /// <summary>The evaluations that were run.</summary>
    public required long Evaluations { get; init; }

    /// <summary>The time they took, seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>The mean of one, milliseconds: what the whole is reckoned from.</summary>
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

    /// <summary>The runs of it.</summary>
    public required long BackpropRuns { get; init; }

    /// <summary>
    /// The greatest |difference quotient − derivative| among the elements that were moved, relative to the greatest derivative; absent for
    /// <c>complexStep</c>, which is reckoned from real evaluations.
    /// </summary>
    public double? SampledError { get; init; }
}
