using System.Globalization;
using System.Text;
using Backprop.Domain.Practice.Questions;

namespace Backprop.Infrastructure.Formats.Practice;

/// <summary>Questions as notes for Anki (https://docs.ankiweb.net/importing/text-files.html): tab-separated front, back and tags, in HTML.</summary>
public static class AnkiExport
{
    private const string Header = "#separator:tab\n#html:true\n#notetype:Basic\n#tags column:3\n";

    /// <summary>Writes questions one after another.</summary>
    /// <param name="stream">The target; it stays open.</param>
    /// <param name="questions">Questions that are not drawn from a seed.</param>
    /// <param name="draw">Draws the graph of a question as SVG; null if it cannot be drawn.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task WriteAsync(
        Stream stream, IAsyncEnumerable<Question> questions, Func<Figure, string?> draw, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        await writer.WriteAsync(Header);
        await foreach (Question question in questions.WithCancellation(cancellationToken))
        {
            string front = Field(Front(question)) + Picture(question, draw);
            await writer.WriteAsync($"{front}\t{Field(Back(question))}\t{string.Join(' ', Tags(question))}\n");
        }
    }

    private static string Front(Question question)
    {
        string unit = question.Numeric?.Unit is { } name ? $"\n\n({name})" : "";
        string choices = question.Choices is { } given ? "\n\n"
            + string.Join('\n', given.OrderBy(choice => choice.Text, StringComparer.Ordinal).Select(choice => $"- {choice.Text}")) : "";
        return MarkdownText.Asked(question) + choices + unit;
    }

    private static string Picture(Question question, Func<Figure, string?> draw) =>
        question.Figure is { } figure && draw(figure) is { } svg
            ? $"<p><img alt=\"\" src=\"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(svg))}\"></p>"
            : string.Empty;

    private static string Back(Question question) => $"{Answer(question)}\n\n{MarkdownText.Explained(question)}";

    private static string Answer(Question question) => question switch
    {
        { Choices: { } choices } => string.Join("\n\n", choices.Where(choice => choice.Correct).Select(choice => choice.Text)),
        { Numeric: { } key } => $"{key.Value!.Value.ToString(CultureInfo.InvariantCulture)} {key.Unit}".TrimEnd(),
        { Expression: { } key } => $"`{key.Formula}`",
        { Truth: { } key } => key.Value == true ? "True" : "False",
        _ => MarkdownText.Answered(question) ?? "",
    };

    // Spaces separate tags, so a tag must not contain one.
    private static IEnumerable<string> Tags(Question question) =>
        [question.Topic, question.Difficulty.ToString().ToLowerInvariant(), .. question.Tags,
            .. question.Companies.Select(company => string.Join('_', company.Name.Split((char[]?)null)))];

    // Line breaks and tabs would end a note or a field; as character references they still break lines of code.
    private static string Field(string markdown) => MarkdownText.Html(markdown).Replace("\n", "&#10;", StringComparison.Ordinal)
        .Replace("\t", "&#9;", StringComparison.Ordinal);
}
