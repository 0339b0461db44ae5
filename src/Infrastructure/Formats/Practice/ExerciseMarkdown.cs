using System.Globalization;
using System.Text;
using Backprop.Domain.Graphs;
using Backprop.Domain.Practice.Questions;

namespace Backprop.Infrastructure.Formats.Practice;

/// <summary>Exercises as Markdown, with everything that is needed to answer them outside the service.</summary>
internal static class ExerciseMarkdown
{
    /// <summary>The program, the shapes of its inputs, and what is asked; null if the question is no exercise.</summary>
    public static string? Asked(Question question) => question switch
    {
        { Derivation: { } key } => $"{Code(key.Forward.Trim())}\n\n{Inputs(key)}{Upstream(key)}\n\n"
            + $"Give {string.Join(", ", key.Asked.Select(Asked))}.",
        { Debugging: { } key } => $"{Code(string.Join('\n', key.Code.Select((line, index) => $"{index + 1}  {line}")))}\n\n{Inputs(key)}\n\n"
            + $"One line is wrong: which, and what should it be? {Names(key.Results.Keys)} must be right.",
        _ => null,
    };

    /// <summary>The right answer; null if the question is no exercise.</summary>
    public static string? Answered(Question question) => question switch
    {
        { Derivation: { } key } => Code(string.Join('\n', key.Asked.Select(asked => $"# {asked.Name}\n{asked.Expression}"))),
        { Debugging: { } key } => $"Line {key.Line}:\n\n{Code(key.Correct)}",
        _ => null,
    };

    private static string Code(string text) => $"```\n{text}\n```";

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"`{name}`"));

    private static string Asked(AskedGradient asked) => $"`{asked.Name}`, the gradient with respect to `{asked.Of}`";

    private static string Upstream(DerivationKey key) => string.Concat(key.Cotangents.Select(pair =>
        $"\n\n`{pair.Value}` is the upstream gradient of `{pair.Key}`, of its shape."));

    private static string Inputs(IExercise exercise)
    {
        var text = new StringBuilder("Inputs: ");
        text.AppendJoin(", ", exercise.Inputs.Select(input => $"`{input.Key}` [{string.Join(", ", input.Value.Shape.Select(Written))}]"
            + (input.Value.Below is { } below ? $" (whole numbers from 0, below {Written(below)})" : "")));
        return text.Append('.').ToString();
    }

    private static string Written(Dimension dimension) => dimension.Symbol ?? dimension.Size.ToString(CultureInfo.InvariantCulture);
}
