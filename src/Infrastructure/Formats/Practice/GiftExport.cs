using System.Globalization;
using System.Text;
using Backprop.Domain.Practice.Questions;

namespace Backprop.Infrastructure.Formats.Practice;

/// <summary>
/// Questions as GIFT, Moodle's text format (https://docs.moodle.org/en/GIFT_format). It has neither hints nor units; formulas become short answers,
/// interview questions and exercises essays.
/// </summary>
public static class GiftExport
{
    /// <summary>Writes questions one after another; those of a topic should be adjacent.</summary>
    /// <param name="stream">The target; it stays open.</param>
    /// <param name="topics">The names of the topics by id.</param>
    /// <param name="questions">Questions that are not drawn from a seed.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task WriteAsync(
        Stream stream, IReadOnlyDictionary<string, string> topics, IAsyncEnumerable<Question> questions, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        string? topic = null;
        await foreach (Question question in questions.WithCancellation(cancellationToken))
        {
            if (question.Topic != topic)
            {
                await writer.WriteAsync($"$CATEGORY: {Category(topics.GetValueOrDefault(topic = question.Topic, topic))}\n\n");
            }

            await writer.WriteAsync($"{Written(question)}\n\n");
        }
    }

    /// <summary>One question.</summary>
    private static string Written(Question question)
    {
        string unit = question.Numeric?.Unit is { } name ? $"\n\n({name})" : "";
        return $"// {string.Join(' ', Labels(question))}\n::{Escaped(question.Title)}::"
            + $"[markdown]{Marked(MarkdownText.Asked(question) + unit)}{{{Answers(question)}\n####{Marked(Feedback(question))}\n}}";
    }

    // Moodle reads ids and tags from comments.
    private static IEnumerable<string> Labels(Question question) =>
        [$"[id:{question.Id}]", $"[tag:{question.Difficulty.ToString().ToLowerInvariant()}]", .. question.Tags.Select(tag => $"[tag:{tag}]")];

    private static string Answers(Question question) => question switch
    {
        { Choices: { } choices, Kind: QuestionFormat.MultiSelect } => Selected(choices),
        { Choices: { } choices } => string.Concat(choices.Select(choice => Answer(choice.Correct ? '=' : '~', null, choice.Text, choice.Feedback))),
        { Numeric: { } key } => Numbers(key),
        { Expression: { } key } => Answer('=', null, key.Formula!, null, isFormula: true)
            + string.Concat(key.Mistakes.Select(mistake => Answer('=', 0, mistake.Formula, mistake.Feedback, isFormula: true))),
        { Truth: { } key } => $"{(key.Value == true ? "TRUE" : "FALSE")}#{Marked(key.Feedback)}",
        _ => "",
    };

    private static string Feedback(Question question) =>
        MarkdownText.Answered(question) is { } answer ? $"{answer}\n\n{MarkdownText.Explained(question)}" : MarkdownText.Explained(question);

    // All right choices without a wrong one score 100 %; each wrong one subtracts what a right one adds.
    private static string Selected(IReadOnlyList<Choice> choices)
    {
        double share = 100.0 / choices.Count(choice => choice.Correct);
        return string.Concat(choices.Select(choice => Answer('~', choice.Correct ? share : -share, choice.Text, choice.Feedback)));
    }

    private static string Numbers(NumericKey key)
    {
        string right = $"\n={Number(key.Value!.Value)}:{Number(key.Tolerance(key.Value.Value))}";
        return "#" + right
            + string.Concat(key.Mistakes.Select(mistake =>
            $"\n=%0%{Number(mistake.Value)}:{Number(key.Tolerance(mistake.Value))}#{Marked(mistake.Feedback)}"));
    }

    // A text that begins like a weight is disambiguated by a weight before it.
    private static string Answer(char mark, double? weight, string text, string? feedback, bool isFormula = false)
    {
        double? stated = weight ?? (text.StartsWith('%') ? (mark == '=' ? 100 : 0) : null);
        string share = stated is { } percent ? $"%{percent.ToString("0.#####", CultureInfo.InvariantCulture)}%" : "";
        return $"\n{mark}{share}{(isFormula ? Escaped(text) : Marked(text))}{(feedback is null ? "" : $"#{Marked(feedback)}")}";
    }

    // The shortest digits that round-trip, without an exponent, which GIFT does not support.
    private static string Number(double value)
    {
        string[] parts = value.ToString("R", CultureInfo.InvariantCulture).Split('E');
        if (parts is not [var mantissa, var power])
        {
            return parts[0];
        }

        int exponent = int.Parse(power, CultureInfo.InvariantCulture);
        string digits = mantissa.TrimStart('-').Replace(".", "", StringComparison.Ordinal);
        string sign = mantissa[0] == '-' ? "-" : "";
        return sign + (exponent < 0 ? $"0.{new string('0', -exponent - 1)}{digits}" : digits.PadRight(exponent + 1, '0'));
    }

    private static string Category(string name) => $"Backprop/{name.Replace("/", "//", StringComparison.Ordinal)}";

    private static string Marked(string markdown) => Escaped(MarkdownText.Safe(markdown));

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (char letter in text.Trim())
        {
            if (letter is '\\' or '~' or '=' or '#' or '{' or '}' or ':')
            {
                escaped.Append('\\');
            }

            if (letter == '\n')
            {
                escaped.Append("\\n");
            }
            else
            {
                escaped.Append(letter);
            }
        }

        return escaped.ToString();
    }
}
