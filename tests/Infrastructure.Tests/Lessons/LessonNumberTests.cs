using System.Globalization;
using System.Text.RegularExpressions;
using Backprop.Domain.Practice.Lessons;
using Backprop.Infrastructure.Practice.Lessons;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Lessons;

/// <summary>
/// Numbers in the text of a lesson are quoted from an answer, given in a request of the section, or stated here with their source. Small whole numbers
/// count things.
/// </summary>
public sealed partial class LessonNumberTests
{
    private const double MostCounted = 10;

    private static readonly Dictionary<(string Section, double Number), string> Stated = new()
    {
        [("numerics", 16)] = "digits of float64: 53·log10(2) = 15.95",
        [("numerics", 65504)] = "the largest number of fp16, (2 − 2^−10)·2^15 (IEEE 754-2019, table 3.5)",
        [("checkpointing", 1000)] = "Chen, Xu, Zhang, Guestrin 2016, abstract",
        [("checkpointing", 48)] = "Chen, Xu, Zhang, Guestrin 2016, abstract",
        [("checkpointing", 30)] = "Chen, Xu, Zhang, Guestrin 2016, abstract",
    };

    public static TheoryData<string, string> Sections
    {
        get
        {
            var sections = new TheoryData<string, string>();
            foreach (Lesson lesson in LessonContent.All)
            {
                foreach (Section section in lesson.Sections)
                {
                    sections.Add(lesson.Id, section.Id);
                }
            }

            return sections;
        }
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void Every_number_has_a_source(string lesson, string section)
    {
        Section page = LessonContent.Find(lesson)!.Sections.Single(entry => entry.Id == section);
        HashSet<double> given = [.. page.Examples.SelectMany(example => Numbers($"{example.Body}"))];
        double[] unsourced = [.. Numbers(Prose(LessonContent.Written(lesson, section))).Where(number =>
            !(number <= MostCounted && number == Math.Floor(number)) && !IsGiven(number, given) && !Stated.ContainsKey((section, number)))];
        unsourced.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void Every_example_with_a_number_to_show_is_quoted(string lesson, string section)
    {
        // Pictures, runs and steps to read have no number to quote.
        string[] toLookAt = ["picture", "upstream-gradient", "column", "training-run", "recomputed"];
        LessonContent.Find(lesson)!.Sections.Single(entry => entry.Id == section).Examples
            .Where(example => example.Quotes.Count == 0).Select(example => example.Id).Except(toLookAt).ShouldBeEmpty();
    }

    [Fact]
    public void What_is_stated_is_used()
    {
        foreach ((string section, double number) in Stated.Keys)
        {
            Numbers(Prose(LessonContent.Written("backpropagation", section))).ShouldContain(number, section);
        }
    }

    private static bool IsGiven(double number, HashSet<double> given) => ((double[])[1, 1e3, 1e6, 1e9]).Any(unit => given.Contains(number * unit));

    private static string Prose(string written) => Year().Replace(Block().Replace(LessonText.QuotedValue().Replace(written, ""), ""), "");

    private static IEnumerable<double> Numbers(string text) => Number().Matches(text).Select(number =>
        double.Parse(number.Value.Replace(",", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?(?:e-?\d+)?", RegexOptions.IgnoreCase)]
    private static partial Regex Number();

    [GeneratedRegex(@"^(?:```.*?^```|\$\$.*?^\$\$)$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\b(?:19|20)\d\d\b")]
    private static partial Regex Year();
}
