using System.Text.RegularExpressions;

namespace Backprop.Domain.Practice.Questions;

/// <summary>The rules for patterns: their parameters can be drawn, and only patterns have placeholders.</summary>
internal static partial class TemplateRules
{
    public static void Check(Question question, string path, FaultList faults)
    {
        if (question.Template is { } template)
        {
            faults.Demand(question.Kind is not (QuestionFormat.Interview or QuestionFormat.Derivation or QuestionFormat.Debugging), $"{path}template",
                "Only questions with choices, numbers, formulas or statements are drawn.");
            faults.Slug(template.Name, $"{path}template.name");
            foreach ((string name, ParameterRange range) in template.Parameters)
            {
                Check(range, $"{path}template.parameters.{name}", faults);
            }

            return;
        }

        faults.Demand(!Placeholders().IsMatch(question.Prompt), $"{path}prompt", "A question that is not drawn has no placeholders.");
        faults.Demand(!Placeholders().IsMatch(question.Explanation), $"{path}explanation", "A question that is not drawn has no placeholders.");
    }

    private static void Check(ParameterRange range, string path, FaultList faults)
    {
        if (range.Values is { } values)
        {
            faults.Demand(range is { From: null, To: null, Step: null }, path, "A parameter must have either values, or from and to.");
            faults.Demand(values.Count > 0 && values.All(double.IsFinite), $"{path}.values", "At least one value is needed, and all must be finite.");
            return;
        }

        faults.Demand(range is { From: not null, To: not null }, path, "A parameter must have either values, or from and to.");
        faults.Demand(range.From is not { } from || range.To is not { } to || (from <= to && double.IsFinite(to - from)), path,
            "'from' must not be above 'to', and both must be finite.");
        faults.Demand(range.Step is null or (> 0 and <= double.MaxValue), $"{path}.step", "A step must be positive.");
    }

    [GeneratedRegex(@"\{\{\w+\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholders();
}
