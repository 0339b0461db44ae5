using System.Text.RegularExpressions;
using Backprop.Domain.Practice.Lessons;
using Backprop.Domain.Practice.Questions;
using Backprop.Infrastructure.Practice;
using Backprop.Infrastructure.Practice.Lessons;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Lessons;

/// <summary>What every lesson keeps to, and what the first one contains.</summary>
public sealed partial class LessonContentTests
{
    private static readonly string[] InterviewQuestions =
    [
        "why-backpropagation-is-linear", "vanishing-gradients", "forward-mode-or-reverse-mode", "gradient-checkpointing", "stable-gradients-and-logarithms",
    ];

    private static readonly string[] QuickChecks =
    [
        "differences-against-backprop", "largest-of-three-gradients", "product-with-a-small-factor", "no-clipping-in-a-deep-network",
        "thirty-two-layers-five-checkpoints", "flops-per-token-of-gpt3", "extra-compute-of-checkpointing", "small-model-by-differences", "weight-used-twice",
        "when-forward-mode-wins", "halving-the-forward-pass", "add-gate-with-fan-out",
    ];

    public static TheoryData<string> Ids => [.. LessonContent.All.Select(lesson => lesson.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Names_are_unique_and_nothing_is_empty(string id)
    {
        Lesson lesson = LessonContent.Find(id)!;
        lesson.Sections.Select(section => section.Id).ShouldBeUnique();
        lesson.Sections.SelectMany(section => section.Examples).Select(example => example.Id).ShouldBeUnique();
        lesson.Sections.SelectMany(section => section.Questions).ShouldBeUnique();
        lesson.Sections.SelectMany(section => section.Experiments).ShouldBeUnique();
        lesson.Sections.ShouldAllBe(section => section.Title.Length > 0 && section.Markdown.Length > 500);
        lesson.Takeaways.ShouldAllBe(takeaway => takeaway.Citations.Count > 0);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_question_is_in_the_bank(string id)
    {
        string[] bank = [.. QuestionContent.Read().Questions.Select(question => question.Id)];
        LessonContent.Find(id)!.Sections.SelectMany(section => section.Questions).Except(bank).ShouldBeEmpty();
    }

    [Fact]
    public void Backpropagation_has_its_five_interview_questions_twelve_quick_checks_and_five_takeaways()
    {
        Lesson lesson = LessonContent.Find("backpropagation")!;
        Dictionary<string, Question> bank = QuestionContent.Read().Questions.ToDictionary(question => question.Id);
        string[] questions = [.. lesson.Sections.SelectMany(section => section.Questions)];
        questions.Where(question => bank[question].Kind == QuestionFormat.Interview).ShouldBe(InterviewQuestions, ignoreOrder: true);
        questions.Where(question => bank[question].Kind != QuestionFormat.Interview).ShouldBe(QuickChecks, ignoreOrder: true);
        lesson.Takeaways.Count.ShouldBe(5);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_work_states_where_it_can_be_checked(string id)
    {
        foreach (Reference work in LessonContent.Find(id)!.FurtherReading)
        {
            (work.Doi is null).ShouldNotBe(work.Url is null, work.Title);
            new Uri(work.Address!).Scheme.ShouldBe("https");
            work.Year.ShouldBeInRange(1950, 2030);
            work.Authors.ShouldNotContain("et al", Case.Insensitive);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_work_that_the_text_names_is_in_the_further_reading_and_the_other_way_round(string id)
    {
        Lesson lesson = LessonContent.Find(id)!;
        string text = string.Join('\n', lesson.Sections.Select(section => section.Markdown));
        (string Authors, string Year)[] named = [.. Named().Matches(text).Select(work => (work.Groups["authors"].Value, work.Groups["year"].Value))];
        named.Length.ShouldBeGreaterThan(5);
        foreach ((string authors, string year) in named)
        {
            lesson.FurtherReading.ShouldContain(work => $"{work.Year}" == year && LastNames(work).SequenceEqual(Written(authors, work)), $"{authors} {year}");
        }

        HashSet<string> cited = [.. lesson.Takeaways.SelectMany(takeaway => takeaway.Citations).Select(work => work.Title)];
        foreach (Reference work in lesson.FurtherReading)
        {
            (cited.Contains(work.Title) || named.Any(name => name.Year == $"{work.Year}" && name.Authors.StartsWith(LastNames(work)[0], StringComparison.Ordinal)))
                .ShouldBeTrue(work.Title);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Commands_of_the_examples_can_be_quoted_in_a_shell(string id) =>
        LessonContent.Find(id)!.Sections.SelectMany(section => section.Examples)
            .ShouldAllBe(example => !$"{example.Route}{example.Body}".Contains('\''));

    private static string[] LastNames(Reference work) => [.. work.Authors.Split(", ").Select(author => author.Split(' ')[^1])];

    // "A, B & C" names all authors, "A et al." the first of many.
    private static string[] Written(string authors, Reference work) => authors.EndsWith(" et al.", StringComparison.Ordinal)
        ? [authors[..^" et al.".Length], .. LastNames(work)[1..]]
        : authors.Split([", ", " & "], StringSplitOptions.None);

    [GeneratedRegex(@"(?<authors>\p{Lu}\w+(?:, \p{Lu}\w+)*(?: & \p{Lu}\w+| et al\.)) \(?(?<year>\d{4})")]
    private static partial Regex Named();
}
