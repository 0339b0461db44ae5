using System.Text.RegularExpressions;
using Backprop.Domain.Practice.Lessons;
using Backprop.Infrastructure.Formats.Lessons;
using Backprop.Infrastructure.Practice.Lessons;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Lessons;

/// <summary>A lesson as Markdown and as a page has all that it has as data.</summary>
public sealed class LessonFormatTests
{
    private static readonly Lesson Lesson = LessonContent.Find("backpropagation")!;

    [Fact]
    public void The_text_has_every_section_example_experiment_question_and_work()
    {
        string text = LessonMarkdown.Write(Lesson);
        foreach (Section section in Lesson.Sections)
        {
            text.ShouldContain($"\n## {section.Title}\n\n{section.Markdown}\n", Case.Sensitive);
            section.Examples.ShouldAllBe(example => text.Contains($"'http://localhost:8080{example.Route}'") && text.Contains(example.Body ?? ""));
            section.Experiments.ShouldAllBe(name => text.Contains($"(/experiments/{name})"));
            section.Questions.ShouldAllBe(id => text.Contains($"(/questions/{id})"));
        }

        Lesson.Takeaways.ShouldAllBe(takeaway => text.Contains(takeaway.Text));
        Lesson.FurtherReading.ShouldAllBe(work => text.Contains($"*{work.Title}*") && text.Contains($"<{work.Address}>"));
        text.ShouldNotContain("answer:");
    }

    [Fact]
    public void The_page_shows_every_formula_as_mathml_and_no_markup_of_markdown()
    {
        string page = LessonHtml.Write(Lesson);
        Regex.Count(page, "<math").ShouldBe(Lesson.Sections.Sum(section => section.Formulas.Count));
        Lesson.Sections.SelectMany(section => section.Formulas).ShouldAllBe(formula => page.Contains(formula.MathMl));
        string prose = Regex.Replace(page, "<(pre|code|math|style)[ >].*?</\\1>", "", RegexOptions.Singleline);
        prose.ShouldNotContain("$$");
        prose.ShouldNotContain("**");
        prose.ShouldNotContain("](");
        prose.ShouldNotContain("`");
        prose.ShouldNotContain("| ---");
        page.ShouldNotContain("<script");
        Regex.Count(page, "<table>").ShouldBe(Regex.Count(LessonMarkdown.Write(Lesson), @"^\| ---", RegexOptions.Multiline));
    }
}
