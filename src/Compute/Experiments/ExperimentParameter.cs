using System.Globalization;
using Backprop.Domain.Suggestions;

namespace Backprop.Compute.Experiments;

/// <summary>The kind of values that a parameter takes.</summary>
public enum ParameterKind
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

/// <summary>A parameter of an experiment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">The kind of its values.</param>
/// <param name="Description">What it is.</param>
/// <param name="Default">The value that it has if none is given.</param>
public sealed record ExperimentParameter(string Name, ParameterKind Kind, string Description, ScalarValue Default)
{
    /// <summary>The least number, inclusive; null for other kinds.</summary>
    public double? Minimum { get; private init; }

    /// <summary>The greatest number, inclusive; null for other kinds.</summary>
    public double? Maximum { get; private init; }

    /// <summary>The words; empty for other kinds.</summary>
    public IReadOnlyList<string> Choices { get; private init; } = [];

    /// <summary>A number from <paramref name="minimum"/> to <paramref name="maximum"/>.</summary>
    public static ExperimentParameter Number(string name, double value, double minimum, double maximum, string description) =>
        new(name, ParameterKind.Number, description, value) { Minimum = minimum, Maximum = maximum };

    /// <summary>A whole number from <paramref name="minimum"/> to <paramref name="maximum"/>.</summary>
    public static ExperimentParameter Integer(string name, int value, int minimum, int maximum, string description) =>
        new(name, ParameterKind.Integer, description, value) { Minimum = minimum, Maximum = maximum };

    /// <summary>True or false.</summary>
    public static ExperimentParameter Boolean(string name, bool value, string description) =>
        new(name, ParameterKind.Boolean, description, value);

    /// <summary>One of several words; the first is the default.</summary>
    public static ExperimentParameter Choice(string name, IReadOnlyList<string> choices, string description) =>
        new(name, ParameterKind.Choice, description, choices[0]) { Choices = choices };

    /// <summary>What its values are: <c>a whole number from 1 to 64</c>.</summary>
    public string Values => Kind switch
    {
        ParameterKind.Boolean => "true or false",
        ParameterKind.Choice => $"one of {string.Join(", ", Choices)}",
        _ => $"a {(Kind == ParameterKind.Integer ? "whole number" : "number")} from {Text(Minimum!.Value)} to {Text(Maximum!.Value)}",
    };

    /// <summary>Whether a value is of the parameter's kind, whatever its size.</summary>
    public bool IsOfKind(ScalarValue value) => Kind switch
    {
        ParameterKind.Boolean => value.Flag is not null,
        ParameterKind.Choice => value.Text is not null,
        _ => value.Number is not null,
    };

    /// <summary>What is wrong with a value, or null if the parameter takes it.</summary>
    public string? Fault(ScalarValue value) =>
        !IsOfKind(value) ? $"{Name} must be {Values}; got {KindOf(value)}."
        : Takes(value) ? null
        : Kind == ParameterKind.Choice
            ? $"{Name} must be {Values}; got '{value.Text}'{Suggestion(value.Text!)}"
            : $"{Name} must be {Values}; got {Text(value.Number!.Value)}.";

    private static string KindOf(ScalarValue value) => value.Number is not null ? "a number" : value.Flag is not null ? "a boolean" : "a string";

    private string Suggestion(string word) =>
        new NameSuggestions(Choices).For(word) is [var near, ..] ? $"; did you mean '{near}'?" : ".";

    private bool Takes(ScalarValue value) => Kind switch
    {
        ParameterKind.Boolean => true,
        ParameterKind.Choice => Choices.Contains(value.Text),
        _ => value.Number >= Minimum && value.Number <= Maximum && (Kind == ParameterKind.Number || double.IsInteger(value.Number.Value)),
    };

    private static string Text(double number) => number.ToString("G17", CultureInfo.InvariantCulture) is { Length: <= 8 } brief
        ? brief
        : number.ToString("R", CultureInfo.InvariantCulture);
}
