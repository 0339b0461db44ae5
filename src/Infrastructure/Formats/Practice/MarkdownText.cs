using Backprop.Domain.Practice.Questions;
using Markdig;

namespace Backprop.Infrastructure.Formats.Practice;

/// <summary>The Markdown of questions in the forms that other programs show. HTML in it is text, not markup.</summary>
public static class MarkdownText
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseEmphasisExtras().Build();

    /// <summary>As HTML.</summary>
    public static string Html(string markdown) => Markdown.ToHtml(markdown, Pipeline).TrimEnd('\n');

    /// <summary>As text without any markup.</summary>
    public static string Plain(string markdown) => Markdown.ToPlainText(markdown, Pipeline).Trim();

    /// <summary>The explanation with its sources.</summary>
    internal static string Explained(Question question) => question.Citations.Count == 0
        ? question.Explanation
        : $"{question.Explanation}\n\n{string.Join('\n', question.Citations.Select(citation => $"- {Source(citation)}"))}";

    /// <summary>The model answer with the facts that an answer should name.</summary>
    internal static string Answered(InterviewKey key) => $"{key.ModelAnswer}\n\n{string.Join('\n', key.Rubric.Select(fact => $"- {fact.Text}"))}";

    private static string Source(Citation citation)
    {
        string where = citation.Where is { } place ? $" {place}." : "";
        string address = citation.Url is { } url ? $" <{url}>" : "";
        return $"{citation.Authors}: {citation.Title}.{where} {citation.Year}.{address}";
    }
}
