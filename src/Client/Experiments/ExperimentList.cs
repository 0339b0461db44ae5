namespace Backprop.Client.Experiments;

/// <summary>The experiments.</summary>
public sealed record ExperimentList
{
    /// <summary>The experiments, in the order of a lesson.</summary>
    public required IReadOnlyList<ExperimentPage> Items { get; init; }
}

/// <summary>An experiment: what it shows and what can be varied.</summary>
public sealed record ExperimentPage
{
    /// <summary>Its name, the last part of its address.</summary>
    public required string Name { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>What it shows.</summary>
    public required string Shows { get; init; }

    /// <summary>What to look for, and what to try.</summary>
    public required IReadOnlyList<string> LookFor { get; init; }

    /// <summary>Its parameters; every value within the ranges runs within some seconds.</summary>
    public required IReadOnlyList<ExperimentParameter> Parameters { get; init; }

    /// <summary>
    /// Whether it measures times. The same parameters and seed give the same bits of everything else; times, and what the conclusion says of them,
    /// differ from run to run.
    /// </summary>
    public required bool Measures { get; init; }
}

/// <summary>A parameter of an experiment.</summary>
public sealed record ExperimentParameter
{
    /// <summary>Its name, a member of the request.</summary>
    public required string Name { get; init; }

    /// <summary>The kind of its values.</summary>
    public required ExperimentParameterKind Kind { get; init; }

    /// <summary>What it is.</summary>
    public required string Description { get; init; }

    /// <summary>The value that it has if the request does not state one.</summary>
    public required ScalarValue Default { get; init; }

    /// <summary>The least number, inclusive; only of numbers.</summary>
    public double? Minimum { get; init; }

    /// <summary>The greatest number, inclusive; only of numbers.</summary>
    public double? Maximum { get; init; }

    /// <summary>The words; only of a choice.</summary>
    public IReadOnlyList<string>? Choices { get; init; }
}

/// <summary>The kind of values that a parameter of an experiment takes.</summary>
public enum ExperimentParameterKind
{
    /// <summary>A number within a range.</summary>
    Number,

    /// <summary>A whole number within a range.</summary>
    Integer,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>One of several words.</summary>
    Choice,
}
