using System.Globalization;
using System.Net;
using System.Xml;
using Backprop.Domain.Practice.Questions;
using Markdig;
using Markdig.Syntax;

namespace Backprop.Infrastructure.Formats.Practice;

/// <summary>
/// Renders the Markdown of questions for other programs. HTML in it is text, not markup, and only links to web pages and mail addresses are kept.
/// </summary>
public static class MarkdownText
{
    private static readonly MarkdownPipeline Pipeline = Builder().Build();
    private static readonly MarkdownPipeline Placing = Builder().UsePreciseSourceLocation().Build();

    /// <summary>As HTML.</summary>
    public static string Html(string markdown) => Told(markdown, Rendered, WebUtility.HtmlEncode);

    /// <summary>As Markdown that is safe for programs that allow HTML and any link.</summary>
    public static string Safe(string markdown) =>
        Told(markdown, text => SafeLinks.Keep(text, read => Markdown.Parse(read, Placing)), WebUtility.HtmlEncode);

    /// <summary>As text without any markup.</summary>
    public static string Plain(string markdown) => Told(markdown, text => Markdown.ToPlainText(text, Pipeline).Trim(), text => text);

    /// <summary>The prompt, with the program or the graph that it is about.</summary>
    internal static string Asked(Question question) =>
        ExerciseMarkdown.Asked(question) is { } exercise ? $"{Pictured(question)}\n\n{exercise}" : Pictured(question);

    // With the graph as a formula and values.
    private static string Pictured(Question question)
    {
        if (question.Figure is not { } figure)
        {
            return question.Prompt;
        }

        string values = string.Join(", ", figure.Inputs.Select(input => string.Create(CultureInfo.InvariantCulture, $"{input.Key} = {input.Value}")));
        string formula = figure.Expression.Replace('`', '\'');
        return $"{question.Prompt}\n\n```\n{formula.Trim()}\n```{(values.Length == 0 ? string.Empty : $"\n\nwith {values}")}";
    }

    /// <summary>The explanation with its sources.</summary>
    internal static string Explained(Question question) => question.Citations.Count == 0
        ? question.Explanation
        : $"{question.Explanation}\n\n{string.Join('\n', question.Citations.Select(citation => $"- {Source(citation)}"))}";

    /// <summary>
    /// What a person compares an answer with: the model answer with the facts that it should mention, or the right answer to an exercise.
    /// </summary>
    internal static string? Answered(Question question) =>
        question.Interview is { } key ? Answered(key) : ExerciseMarkdown.Answered(question);

    private static string Answered(InterviewKey key) => $"{key.ModelAnswer}\n\n{string.Join('\n', key.Rubric.Select(fact => $"- {fact.Text}"))}";

    private static MarkdownPipelineBuilder Builder() => new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseEmphasisExtras();

    private static string Rendered(string markdown)
    {
        MarkdownDocument document = Markdown.Parse(markdown, Pipeline);
        SafeLinks.Keep(document);
        return document.ToHtml(Pipeline).TrimEnd('\n');
    }

    // The whole text must be exported: parts nested deeper than the library parses are kept as written, and an entity may denote a character that is
    // invalid in XML.
    private static string Told(string markdown, Func<string, string> render, Func<string, string> asWritten)
    {
        string text;
        try
        {
            text = render(markdown);
        }
        catch (ArgumentException)
        {
            text = asWritten(markdown);
        }

        return text.All(XmlConvert.IsXmlChar) ? text : string.Concat(text.Where((letter, i) => XmlConvert.IsXmlChar(letter) || IsOfPair(text, i)));
    }

    private static bool IsOfPair(string text, int at) =>
        (at + 1 < text.Length && char.IsSurrogatePair(text, at)) || (at > 0 && char.IsSurrogatePair(text, at - 1));

    private static string Source(Citation citation)
    {
        string where = citation.Where is { } place ? $" {place}." : "";
        string address = citation.Url is { } url ? $" <{url}>" : "";
        return $"{citation.Authors}: {citation.Title}.{where} {citation.Year}.{address}";
    }
}
