using System.Text.Json.Serialization;
using Backprop.Client.Json;

namespace Backprop.Client.Practice;

/// <summary>What an answer in words is compared with.</summary>
public sealed record InterviewKeyContract
{
    /// <summary>A full answer.</summary>
    public required string ModelAnswer { get; init; }

    /// <summary>The facts that an answer should mention; at least one.</summary>
    public required IReadOnlyList<RubricFactContract> Rubric { get; init; }

    /// <summary>An interviewer's follow-up questions. Default: none.</summary>
    public IReadOnlyList<string>? FollowUps { get; init; }

    /// <summary>The answers to the follow-up questions, one for each, in the same order. Default: none.</summary>
    public IReadOnlyList<string>? FollowUpAnswers { get; init; }
}

/// <summary>A fact that an answer should mention.</summary>
public sealed record RubricFactContract
{
    /// <summary>Its id in the rubric: lower-case words joined by hyphens.</summary>
    public required string Id { get; init; }

    /// <summary>The fact.</summary>
    public required string Text { get; init; }

    /// <summary>Its weight relative to the others. Default: 1.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? Weight { get; init; }
}

/// <summary>One of several possible answers.</summary>
public sealed record ChoiceContract
{
    /// <summary>The answer.</summary>
    public required string Text { get; init; }

    /// <summary>Whether it is right.</summary>
    public required bool Correct { get; init; }

    /// <summary>Feedback for choosing it.</summary>
    public required string Feedback { get; init; }
}

/// <summary>The right number, within either tolerance.</summary>
public sealed record NumericKeyContract
{
    /// <summary>The number, in <c>unit</c>. A template computes it.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? Value { get; init; }

    /// <summary>Its unit. Default: none.</summary>
    public string? Unit { get; init; }

    /// <summary>The relative tolerance. Default: 0.01 if <c>atol</c> is absent too, otherwise 0.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? Rtol { get; init; }

    /// <summary>The absolute tolerance, in <c>unit</c>. Default: 0.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? Atol { get; init; }

    /// <summary>The minimum number of significant figures of an answer. Default: any.</summary>
    public int? SignificantFigures { get; init; }

    /// <summary>Wrong numbers that have a known cause. Default: none.</summary>
    public IReadOnlyList<NumericMistakeContract>? Mistakes { get; init; }
}

/// <summary>A wrong number that has a known cause.</summary>
public sealed record NumericMistakeContract
{
    /// <summary>The number, in the unit of the key.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public required double Value { get; init; }

    /// <summary>Feedback for giving it.</summary>
    public required string Feedback { get; init; }
}

/// <summary>The right formula, compared by values and gradients at sampled points.</summary>
public sealed record ExpressionKeyContract
{
    /// <summary>The formula, in the expression language of the service. A template computes it.</summary>
    public string? Formula { get; init; }

    /// <summary>The variables that an answer may use.</summary>
    public IReadOnlyList<VariableContract>? Variables { get; init; }

    /// <summary>Wrong formulas that have a known cause. Default: none.</summary>
    public IReadOnlyList<ExpressionMistakeContract>? Mistakes { get; init; }
}

/// <summary>A variable of a formula and where it is sampled.</summary>
public sealed record VariableContract
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The minimum value. Default: −2.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? From { get; init; }

    /// <summary>The maximum value. Default: 2.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? To { get; init; }
}

/// <summary>A wrong formula that has a known cause.</summary>
public sealed record ExpressionMistakeContract
{
    /// <summary>The formula.</summary>
    public required string Formula { get; init; }

    /// <summary>Feedback for giving it.</summary>
    public required string Feedback { get; init; }
}

/// <summary>Whether the statement of the prompt is true.</summary>
public sealed record TruthKeyContract
{
    /// <summary>Feedback for the other answer.</summary>
    public required string Feedback { get; init; }

    /// <summary>Whether it is true. A template computes it.</summary>
    public bool? Value { get; init; }
}

/// <summary>A graph shown next to a question.</summary>
public sealed record FigureContract
{
    /// <summary>The graph, in the expression language of the service.</summary>
    public required string Expression { get; init; }

    /// <summary>The values of its inputs.</summary>
    public required IReadOnlyDictionary<string, double> Inputs { get; init; }
}

/// <summary>How a question is drawn from a seed.</summary>
public sealed record TemplateContract
{
    /// <summary>The name of one of the service's templates.</summary>
    public required string Name { get; init; }

    /// <summary>The range of each of its parameters.</summary>
    public required IReadOnlyDictionary<string, ParameterRangeContract> Parameters { get; init; }
}

/// <summary>The range of a parameter: from … to in steps, or listed values.</summary>
public sealed record ParameterRangeContract
{
    /// <summary>The minimum value.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? From { get; init; }

    /// <summary>The maximum value.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? To { get; init; }

    /// <summary>The distance between neighbouring values. Default: 1.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? Step { get; init; }

    /// <summary>The values, instead of the three members above.</summary>
    public IReadOnlyList<double>? Values { get; init; }
}
