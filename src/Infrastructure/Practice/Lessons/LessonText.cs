using System.Text.RegularExpressions;
using Backprop.Domain.Practice.Lessons;

namespace Backprop.Infrastructure.Practice.Lessons;

/// <summary>
/// The text of a section as it is written. What it quotes from the answer to an example is a link to that answer,
/// <c>[−24](answer:id#/gradients/a)</c>, or a code block marked <c>answer:id</c>, so that tests can compare each with what the service answers.
/// </summary>
internal sealed partial class LessonText
{
    /// <summary>Reads a text.</summary>
    /// <param name="written">The content of its file.</param>
    public LessonText(string written)
    {
        string text = written.ReplaceLineEndings("\n").Trim();
        Quotes = [.. QuotedBlock().Matches(text).Concat(QuotedValue().Matches(text)).Select(quoted =>
            (quoted.Groups["example"].Value, new Quote(quoted.Groups["path"].Value, quoted.Groups["text"].Value)))];
        Markdown = QuotedValue().Replace(QuotedBlock().Replace(text, "```${language}\n${text}\n```"), "${text}");
        Formulas = [.. Displayed().Matches(Markdown).Select(formula => formula.Groups["latex"].Value)];
    }

    /// <summary>The text without the links.</summary>
    public string Markdown { get; }

    /// <summary>The formulas as LaTeX, in order.</summary>
    public IReadOnlyList<string> Formulas { get; }

    /// <summary>What it quotes, with the id of the example.</summary>
    public IReadOnlyList<(string Example, Quote Quote)> Quotes { get; }

    /// <summary>A value with its place in an answer.</summary>
    [GeneratedRegex(@"\[(?<text>[^\]]+)\]\(answer:(?<example>[a-z0-9-]+)#(?<path>/[^)\s]*)\)")]
    internal static partial Regex QuotedValue();

    /// <summary>A block of lines with its answer.</summary>
    [GeneratedRegex(@"^```(?<language>\w+) answer:(?<example>[a-z0-9-]+)(?<path>)\n(?<text>.*?)\n```$",
        RegexOptions.Multiline | RegexOptions.Singleline)]
    internal static partial Regex QuotedBlock();

    [GeneratedRegex(@"^\$\$\n(?<latex>.*?)\n\$\$$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Displayed();
}
