using System.Globalization;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Sampling;
using Backprop.Domain.Sampling;
using Backprop.Domain.Suggestions;

namespace Backprop.Domain.Practice.Templates;

/// <summary>Ranges of parameters: their notation, and how values are drawn.</summary>
internal static class TemplateParameters
{
    private const int MostSteps = 1_000_000;

    /// <summary>Reads <c>layers=8..96 share=0.1..0.9/0.05 bits=16,32</c>.</summary>
    public static IReadOnlyDictionary<string, ParameterRange> Parse(string text)
    {
        var ranges = new SortedDictionary<string, ParameterRange>(StringComparer.Ordinal);
        foreach (string part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] sides = part.Split('=');
            string[] span = sides[1].Split("..");
            ranges[sides[0]] = span.Length == 2
                ? new ParameterRange
                {
                    From = Number(span[0]),
                    To = Number(span[1].Split('/')[0]),
                    Step = span[1].Contains('/')
                    ? Number(span[1].Split('/')[1]) : null
                }
                : new ParameterRange { Values = [.. sides[1].Split(',').Select(Number)] };
        }

        return ranges;
    }

    /// <summary>
    /// Checks the ranges that a pattern requests. A template's own ranges are its limits: there its results are known to be sound and cheap.
    /// </summary>
    /// <exception cref="TemplateException">The template has no such parameter, or the range extends beyond the template's, or is not integral
    /// although the template's is.</exception>
    public static void Require(QuestionTemplate row, Template asked)
    {
        foreach ((string name, ParameterRange range) in asked.Parameters)
        {
            if (!row.Parameters.TryGetValue(name, out ParameterRange? limits))
            {
                throw new TemplateException($"template.parameters.{name}",
                    new NameSuggestions(row.Parameters.Keys).Message($"The template '{row.Name}' has no parameter", name));
            }

            if (Fault(range, limits) is { } fault)
            {
                throw new TemplateException($"template.parameters.{name}", $"The template '{row.Name}' takes {fault}.");
            }
        }
    }

    private static string? Fault(ParameterRange range, ParameterRange limits)
    {
        if (limits.Values is { } listed)
        {
            return range.Values is { } values && values.All(listed.Contains) ? null : $"values of {Shown.List(listed)}";
        }

        (double least, double most) = (limits.From!.Value, limits.To!.Value);
        return !Ends(range).All(value => value >= least && value <= most) ? $"values from {Shown.Number(least)} to {Shown.Number(most)}"
            : IsWhole(limits) && !IsWhole(range) ? "whole numbers"
            : null;
    }

    /// <summary>A value for each parameter of a template, drawn in the order of their names.</summary>
    /// <exception cref="TemplateException">A range cannot be drawn from.</exception>
    public static IReadOnlyDictionary<string, double> Draw(QuestionTemplate row, Template asked, SeededGenerator random)
    {
        var values = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach ((string name, ParameterRange range) in row.Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            values[name] = Draw(asked.Parameters.GetValueOrDefault(name) ?? range, name, random);
        }

        return values;
    }

    private static double Draw(ParameterRange range, string name, SeededGenerator random)
    {
        if (range.Values is { } values)
        {
            return values.Count > 0 ? random.Pick(values) : throw Faulty(name);
        }

        (double from, double to, double step) = (range.From ?? throw Faulty(name), range.To ?? throw Faulty(name), range.Step ?? 1);
        double steps = Math.Floor(((to - from) / step) + 1e-9);
        return step > 0 && steps is >= 0 and <= MostSteps ? Stepped(from, step, random.Int(0, (int)steps)) : throw Faulty(name);
    }

    // In decimal, so that the value is the double that its spelling reads as: 0.3, not 0.30000000000000004.
    private static double Stepped(double from, double step, int steps)
    {
        double value = from + (step * steps);
        return Math.Abs(value) < 1e15 ? Shown.Significant(value, 15) : value;
    }

    private static IReadOnlyList<double> Ends(ParameterRange range) => range.Values ?? [range.From ?? double.NaN, range.To ?? double.NaN];

    private static bool IsWhole(ParameterRange range) => Ends(range).Append(range.Step ?? 1).All(double.IsInteger);

    private static TemplateException Faulty(string name) =>
        new($"template.parameters.{name}", $"Expected at most {MostSteps} steps from a least to a greatest value, or listed values.");

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
