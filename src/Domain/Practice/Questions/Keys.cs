using System.Globalization;

namespace Backprop.Domain.Practice.Questions;

/// <summary>One of several possible answers.</summary>
/// <param name="Text">The answer.</param>
/// <param name="Correct">Whether it is right.</param>
/// <param name="Feedback">The feedback on choosing it.</param>
public sealed record Choice(string Text, bool Correct, string Feedback);

/// <summary>The right number. An answer is right within either tolerance; without any, within 1 %.</summary>
public sealed record NumericKey
{
    /// <summary>The relative tolerance if the key states none: it accepts the usual roundings.</summary>
    public const double DefaultRtol = 0.01;

    /// <summary>The number, in <see cref="Unit"/>; null in a template, which computes it.</summary>
    public double? Value { get; init; }

    /// <summary>Its unit, such as <c>days</c>; null for a pure number.</summary>
    public string? Unit { get; init; }

    /// <summary>The relative tolerance.</summary>
    public double? Rtol { get; init; }

    /// <summary>The absolute tolerance, in <see cref="Unit"/>.</summary>
    public double? Atol { get; init; }

    /// <summary>The least number of significant figures of an answer; null if it does not matter.</summary>
    public int? SignificantFigures { get; init; }

    /// <summary>Wrong numbers that have a known cause.</summary>
    public IReadOnlyList<NumericMistake> Mistakes { get; init; } = [];

    /// <summary>Whether a number is close enough to the right one: within either tolerance, or 1 % if there is none.</summary>
    /// <param name="right">The right number.</param>
    /// <param name="given">The number, in the same unit.</param>
    public bool IsMetBy(double right, double given) => Math.Abs(given - right) <= Tolerance(right);

    /// <summary>How close an answer has to be, for readers: <c>1 %</c>, <c>0.5 days</c>, <c>2 % or 1</c>, <c>exact</c>.</summary>
    public string DescribeTolerance()
    {
        string share = Written(100 * (Rtol ?? (Atol is null ? DefaultRtol : 0)), "0.######");
        string distance = Written(Atol ?? 0, "0.############");
        List<string> parts = [];
        if (share != "0")
        {
            parts.Add($"{share} %");
        }

        if (distance != "0")
        {
            parts.Add($"{distance} {Unit}".TrimEnd());
        }

        return parts.Count == 0 ? "exact" : string.Join(" or ", parts);

        static string Written(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>How far another number may be from this one by the wider of both tolerances, in the unit of the key.</summary>
    /// <param name="value">The number.</param>
    public double Tolerance(double value) => Math.Max((Rtol ?? (Atol is null ? DefaultRtol : 0)) * Math.Abs(value), Atol ?? 0);
}

/// <summary>A wrong number that has a known cause.</summary>
/// <param name="Value">The number, in the unit of the key.</param>
/// <param name="Feedback">The feedback on giving it.</param>
public sealed record NumericMistake(double Value, string Feedback);

/// <summary>The right formula. Another one is also right if its values and gradients agree at sampled points.</summary>
public sealed record ExpressionKey
{
    /// <summary>The formula, in the expression language of the service; null in a template, which computes it.</summary>
    public string? Formula { get; init; }

    /// <summary>The variables that an answer may use.</summary>
    public IReadOnlyList<Variable> Variables { get; init; } = [];

    /// <summary>Wrong formulas that have a known cause.</summary>
    public IReadOnlyList<ExpressionMistake> Mistakes { get; init; } = [];
}

/// <summary>A variable and the range in which it is sampled.</summary>
/// <param name="Name">Its name.</param>
/// <param name="From">The least value.</param>
/// <param name="To">The greatest value.</param>
public sealed record Variable(string Name, double From = Variable.DefaultFrom, double To = Variable.DefaultTo)
{
    /// <summary>The least value if none is stated.</summary>
    public const double DefaultFrom = -2;

    /// <summary>The greatest value if none is stated.</summary>
    public const double DefaultTo = 2;
}

/// <summary>A wrong formula that has a known cause.</summary>
/// <param name="Formula">The formula.</param>
/// <param name="Feedback">The feedback on giving it.</param>
public sealed record ExpressionMistake(string Formula, string Feedback);

/// <summary>Whether the statement in the prompt is true.</summary>
/// <param name="Feedback">The feedback on the wrong answer.</param>
/// <param name="Value">Whether it is true; null in a template, which computes it.</param>
public sealed record TruthKey(string Feedback, bool? Value = null);

/// <summary>What a free-text answer is compared with.</summary>
/// <param name="ModelAnswer">A full answer.</param>
/// <param name="Rubric">The facts that an answer should mention.</param>
/// <param name="FollowUps">What an interviewer asks next.</param>
/// <param name="FollowUpAnswers">The answers to them in the same order; null if there are none.</param>
public sealed record InterviewKey(
    string ModelAnswer, IReadOnlyList<RubricFact> Rubric, IReadOnlyList<string> FollowUps, IReadOnlyList<string>? FollowUpAnswers = null);

/// <summary>A fact that an answer should mention.</summary>
/// <param name="Id">Lower-case words joined by hyphens, unique in its rubric.</param>
/// <param name="Text">The fact.</param>
/// <param name="Weight">Its weight relative to the others.</param>
public sealed record RubricFact(string Id, string Text, double Weight = 1);
