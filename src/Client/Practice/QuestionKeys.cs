using System.Text.Json.Serialization;
using Backprop.Client.Json;

namespace Backprop.Client.Practice;

/// <summary>What an answer in words is held against.</summary>
public sealed record InterviewKeyContract
{
    /// <summary>A full answer.</summary>
    public required string ModelAnswer { get; init; }

    /// <summary>The facts that an answer should name; at least one.</summary>
    public required IReadOnlyList<RubricFactContract> Rubric { get; init; }

    /// <summary>What an interviewer asks next. Default: nothing.</summary>
    public IReadOnlyList<string>? FollowUps { get; init; }
}

/// <summary>A fact that an answer should name.</summary>
public sealed record RubricFactContract
{
    /// <summary>Its id in the rubric: lower-case words joined by hyphens.</summary>
    public required string Id { get; init; }

    /// <summary>The fact.</summary>
    public required string Text { get; init; }

    /// <summary>How much it counts beside the others. Default: 1.</summary>
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

    /// <summary>What someone who chose it is told.</summary>
    public required string Feedback { get; init; }
}

/// <summary>The right number, met within either tolerance.</summary>
public sealed record NumericKeyContract
{
    /// <summary>The number, in <c>unit</c>. A template computes it.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? Value { get; init; }

    /// <summary>Its unit. Default: none.</summary>
    public string? Unit { get; init; }

    /// <summary>The relative tolerance. Default: 0.01 where <c>atol</c> is absent too, else 0.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? Rtol { get; init; }

    /// <summary>The absolute tolerance, in <c>unit</c>. Default: 0.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? Atol { get; init; }

    /// <summary>How many significant figures an answer must have at least. Default: any.</summary>
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

    /// <summary>What someone who gave it is told.</summary>
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

    /// <summary>The least value. Default: −2.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? From { get; init; }

    /// <summary>The greatest value. Default: 2.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? To { get; init; }
}

/// <summary>A wrong formula that has a known cause.</summary>
public sealed record ExpressionMistakeContract
{
    /// <summary>The formula.</summary>
    public required string Formula { get; init; }

    /// <summary>What someone who gave it is told.</summary>
    public required string Feedback { get; init; }
}

/// <summary>Whether the statement of the prompt holds.</summary>
public sealed record TruthKeyContract
{
    /// <summary>What someone who answered otherwise is told.</summary>
    public required string Feedback { get; init; }

    /// <summary>Whether it holds. A template computes it.</summary>
    public bool? Value { get; init; }
}

/// <summary>A graph to be shown beside a question.</summary>
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
    /// <summary>The template, one of those that the service has.</summary>
    public required string Name { get; init; }

    /// <summary>What each of its parameters is drawn from.</summary>
    public required IReadOnlyDictionary<string, ParameterRangeContract> Parameters { get; init; }
}

/// <summary>What a parameter is drawn from: from … to in steps, or listed values.</summary>
public sealed record ParameterRangeContract
{
    /// <summary>The least value.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? From { get; init; }

    /// <summary>The greatest value.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? To { get; init; }

    /// <summary>The distance between neighbouring values. Default: 1.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? Step { get; init; }

    /// <summary>The values, in place of the three above.</summary>
    public IReadOnlyList<double>? Values { get; init; }
}
