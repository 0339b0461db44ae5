using System.Globalization;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Sampling;
using Backprop.Domain.Sampling;

namespace Backprop.Domain.Practice.Templates;

/// <summary>The notation of templates.</summary>
internal static class TemplateSyntax
{
    /// <summary>A template.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kind">The kind of question.</param>
    /// <param name="parameters">The ranges of its parameters: <c>layers=8..96 bits=16,32</c>.</param>
    /// <param name="draw">Computes the question from them.</param>
    public static QuestionTemplate Row(string name, QuestionFormat kind, string parameters, Func<TemplateDraw, Drawn?> draw) =>
        new(name, kind, TemplateParameters.Parse(parameters), draw);

    /// <summary>A graph with the values of its inputs.</summary>
    public static Figure Figure(string expression, params (string Name, double Value)[] inputs) =>
        new(expression, inputs.ToDictionary(input => input.Name, input => input.Value, StringComparer.Ordinal));

    /// <summary>The values of placeholders.</summary>
    public static Dictionary<string, string> Texts(params (string Name, object Value)[] texts) => texts.ToDictionary(
        text => text.Name, text => text.Value as string ?? Shown.Number(Convert.ToDouble(text.Value, CultureInfo.InvariantCulture)),
            StringComparer.Ordinal);

    /// <summary>A number with the results of common mistakes.</summary>
    public static DrawnNumber Number(double value, string? unit, params (double Value, string Feedback)[] mistakes) =>
        new(value, unit, [.. mistakes.Select(mistake => new NumericMistake(mistake.Value, mistake.Feedback))]);

    /// <summary>A positive power as a factor of a formula.</summary>
    public static string Power(string factor, int exponent) => exponent == 1 ? factor : $"{factor}^{exponent.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>A factor with a positive coefficient, which is left out if it is 1.</summary>
    public static string Times(int coefficient, string factor) =>
        coefficient == 1 ? factor : $"{coefficient.ToString(CultureInfo.InvariantCulture)}*{factor}";

    /// <summary>
    /// The right choice and up to three wrong ones, shuffled. Of wrong ones with the same text as another or the right one, only the first stays;
    /// with fewer than two left there is no question, which requests other parameters.
    /// </summary>
    public static Choice[]? Choices(SeededGenerator random, (string Text, string Feedback) right,
        params IEnumerable<(string Text, string Feedback)> wrong)
    {
        Choice[] others = [.. wrong.DistinctBy(choice => choice.Text).Where(choice => choice.Text != right.Text).Take(3)
            .Select(choice => new Choice(choice.Text, false, choice.Feedback))];
        return others.Length < 2 ? null : random.Shuffled([new Choice(right.Text, true, right.Feedback), .. others]);
    }
}
