using System.Globalization;
using System.Text;
using Backprop.Domain.Practice.Lessons;

namespace Backprop.Infrastructure.Formats.Lessons;

/// <summary>Writes a lesson as one Markdown text, to be read without a page: requests are commands, formulas are LaTeX.</summary>
public static class LessonMarkdown
{
    private const string Service = "http://localhost:8080";

    /// <summary>The text.</summary>
    public static string Write(Lesson lesson)
    {
        var text = new StringBuilder();
        Paragraph(text, $"# {lesson.Title}");
        Paragraph(text, lesson.Source);
        Paragraph(text, $"The commands assume that the service is at {Service}.");
        foreach (Section section in lesson.Sections)
        {
            Write(text, section);
        }

        Paragraph(text, "## Takeaways");
        Paragraph(text, string.Join('\n', lesson.Takeaways.Select((takeaway, i) =>
            string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {takeaway.Text} ({string.Join("; ", takeaway.Citations.Select(Short))})"))));
        Paragraph(text, "## Further reading");
        Paragraph(text, string.Join('\n', lesson.FurtherReading.Select(work => $"- {Full(work)}")));
        return text.ToString().TrimEnd() + "\n";
    }

    private static void Write(StringBuilder text, Section section)
    {
        Paragraph(text, $"## {section.Title}");
        Paragraph(text, section.Markdown);
        foreach (Example example in section.Examples)
        {
            Paragraph(text, $"Try it: {example.Title}.");
            Paragraph(text, $"```sh\n{Command(example)}\n```");
        }

        List(text, "Experiments", "/experiments", section.Experiments);
        List(text, "Questions", "/questions", section.Questions);
    }

    private static void List(StringBuilder text, string title, string route, IReadOnlyList<string> names)
    {
        if (names.Count > 0)
        {
            Paragraph(text, $"{title}: {string.Join(", ", names.Select(name => $"[{name}]({route}/{name})"))}");
        }
    }

    private static string Command(Example example)
    {
        string accept = example.Accept is { } type ? $" -H 'Accept: {type}'" : "";
        string body = example.Body is { } json ? $" -H 'Content-Type: application/json' -d '{json}'" : "";
        return $"curl -s '{Service}{example.Route}'{accept}{body}";
    }

    private static string Short(Reference work)
    {
        string[] names = [.. work.Authors.Split(", ").Select(author => author.Split(' ')[^1])];
        string authors = names.Length > 3 ? $"{names[0]} et al." : string.Join(", ", names);
        return string.Create(CultureInfo.InvariantCulture, $"{authors} {work.Year}{Place(work)}");
    }

    private static string Full(Reference work) =>
        string.Create(CultureInfo.InvariantCulture, $"{work.Authors} ({work.Year}). *{work.Title}*. {work.Venue}{Place(work)}. <{work.Address}>");

    private static string Place(Reference work) => work.Where is { } where ? $", {where}" : "";

    private static void Paragraph(StringBuilder text, string paragraph) => text.Append(paragraph).Append("\n\n");
}
