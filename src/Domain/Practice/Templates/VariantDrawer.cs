using Backprop.Domain.Graphs;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Units;
using Backprop.Domain.Sampling;
using Backprop.Domain.Suggestions;

namespace Backprop.Domain.Practice.Templates;

/// <summary>Draws questions from their templates.</summary>
/// <param name="read">Reads formulas.</param>
/// <param name="evaluator">Evaluates nodes: the engine that computes the keys.</param>
public sealed class VariantDrawer(ExpressionReader read, Evaluator evaluator)
{
    private const int Attempts = 200;

    // Kernels of other vector widths may differ in the last bits; the key must not.
    private const int KeyDigits = 12;

    /// <summary>The question drawn with a random seed, a <see cref="VariantDrawing"/>.</summary>
    /// <exception cref="TemplateException">The pattern does not fit its template, or its ranges contain no question.</exception>
    public Question Draw(Question question, long seed)
    {
        if (question.Template is not { } template)
        {
            return question;
        }

        QuestionTemplate row = TemplateTable.Find(template.Name)
            ?? throw new TemplateException("template.name",
                new NameSuggestions(TemplateTable.All.Select(known => known.Name)).Message("There is no template", template.Name));
        if (row.Kind != question.Kind)
        {
            throw new TemplateException("kind", $"The template '{row.Name}' draws questions of another kind: {row.Kind}.");
        }

        TemplateParameters.Require(row, template);
        SeededGenerator random = SeededGenerator.For(seed, question.Id);
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            IReadOnlyDictionary<string, double> parameters = TemplateParameters.Draw(row, template, random);
            if (row.Draw(new TemplateDraw(random, parameters, read, evaluator)) is { } drawn && Filled(question, parameters, drawn) is { } variant)
            {
                return variant;
            }
        }

        throw new TemplateException("template.parameters", $"{Attempts} draws from these ranges gave no question.");
    }

    private static Question? Filled(Question question, IReadOnlyDictionary<string, double> parameters, Drawn drawn)
    {
        NumericKey? number = drawn.Number is null ? null : Key(question.Numeric ?? new NumericKey(), drawn.Number);
        if (number is { Mistakes.Count: 0 })
        {
            return null;
        }

        var texts = new Placeholders(parameters, drawn.Texts);
        return question with
        {
            Template = null,
            Prompt = texts.Fill(question.Prompt, "prompt"),
            Explanation = texts.Fill(question.Explanation, "explanation"),
            Hints = [.. question.Hints.Select((hint, i) => texts.Fill(hint, $"hints[{i}]"))],
            Figure = drawn.Figure ?? question.Figure,
            Numeric = number,
            Choices = drawn.Choices,
            Expression = drawn.Formula,
            Truth = drawn.Truth is { } truth
                ? new TruthKey(texts.Fill(question.Truth?.Feedback ?? question.Explanation, "truth.feedback"), truth) : null,
        };
    }

    // Mistakes that would be accepted as right, or are not distinguishable from one another, are left out.
    private static NumericKey Key(NumericKey asked, DrawnNumber drawn)
    {
        double factor = Conversion(drawn.Unit, asked.Unit);
        double computed = (drawn.Value * factor) + 0.0;
        double right = Shown.Exactly(computed) is not null ? computed : Shown.Significant(computed, KeyDigits);
        var mistakes = new List<NumericMistake>();
        foreach (NumericMistake mistake in drawn.Mistakes)
        {
            double value = Shown.Significant(mistake.Value * factor, KeyDigits);
            if (double.IsFinite(value) && !asked.IsMetBy(right, value) && !mistakes.Any(other => asked.IsMetBy(other.Value, value)))
            {
                mistakes.Add(mistake with { Value = value });
            }
        }

        return asked with { Value = right, Mistakes = mistakes };
    }

    private static double Conversion(string? from, string? to)
    {
        if (from == to)
        {
            return 1;
        }

        Unit given = Unit(from);
        Unit asked = Unit(to);
        return given.Dimension == asked.Dimension
            ? given.Factor / asked.Factor
            : throw new TemplateException("numeric.unit", $"'{to}' does not measure what the template computes, which is {given.Dimension}.");
    }

    private static Unit Unit(string? name) => name is null ? Units.Unit.One
        : UnitReader.Read(name) is [Unit first, ..] ? first
        : throw new TemplateException("numeric.unit", $"'{name}' is not a unit.");
}

/// <summary>A pattern cannot be drawn.</summary>
/// <param name="path">The member of the question at fault.</param>
/// <param name="message">Why.</param>
public sealed class TemplateException(string path, string message) : Exception(message)
{
    /// <summary>The member of the question at fault.</summary>
    public string Path { get; } = path;
}
