using System.Globalization;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Grading.Exercises;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Quizzes;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Practice;

/// <summary>Every debugging exercise of the bank proves itself: the fault matters, the correction cures it, and its results are gradients.</summary>
public sealed class DebuggingTests
{
    private const int Seeds = 5;
    private static readonly Question[] All = [.. Practising.Bank.Where(question => question.Kind == QuestionFormat.Debugging)];
    private static readonly DebuggingGrader[] Graders = [.. Enumerable.Range(0, Seeds).Select(seed => Practising.At(seed).Debugging)];

    public static TheoryData<string> Ids => [.. All.Select(question => question.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_correction_is_right_at_points_of_many_seeds(string id)
    {
        Question question = Practising.Find(id);
        foreach (DebuggingGrader grader in Graders)
        {
            grader.Grade(question.Debugging!, ExpectedAnswer.Of(question)).ShouldBeOfType<Graded>().Score.ShouldBe(1);
            grader.Faults(question.Debugging!).ShouldBeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_line_alone_is_half(string id)
    {
        DebuggingKey key = Practising.Find(id).Debugging!;
        foreach (DebuggingGrader grader in Graders)
        {
            grader.Grade(key, Answer(key.Line, key.Code[key.Line - 1])).ShouldBeOfType<Graded>().Score.ShouldBe(0.5);
        }

        Practising.Debugging.Grade(key, new SubmittedAnswer([Number(key.Line)]) { Names = ["line"] }).ShouldBeOfType<Graded>().Score.ShouldBe(0.5);
        int other = key.Line == 1 ? 2 : key.Line - 1;
        Practising.Debugging.Grade(key, Answer(other, key.Code[other - 1])).ShouldBeOfType<Graded>().Score.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_mistake_gets_its_feedback(string id)
    {
        DebuggingKey key = Practising.Find(id).Debugging!;
        foreach (DebuggingMistake mistake in key.Mistakes)
        {
            Graded grade = Practising.Debugging.Grade(key, Answer(mistake.Line, mistake.Fix ?? key.Code[mistake.Line - 1])).ShouldBeOfType<Graded>();
            grade.Score.ShouldBe(mistake.Line == key.Line ? 0.5 : 0);
            grade.Feedback.ShouldBe(mistake.Feedback);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void It_can_be_answered_as_text_and_without_a_name(string id)
    {
        DebuggingKey key = Practising.Find(id).Debugging!;
        string value = key.Correct[(key.Correct.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim();
        foreach (string text in (string[])[$"{key.Line}: {key.Correct}", $"line {key.Line}. {key.Correct}", $"{key.Line} {value}", $"Line {key.Line}\n{key.Correct}"])
        {
            Practising.Debugging.Grade(key, text).ShouldBeOfType<Graded>().Score.ShouldBe(1, text);
        }
    }

    [Theory]
    [InlineData("debug-logistic-step", 1, "z = x @ w + b", "banana")]
    [InlineData("debug-logistic-step", 0, "db = sum(dz, axis=0)", "from 1 to 6")]
    [InlineData("debug-logistic-step", 7, "db = sum(dz, axis=0)", "from 1 to 6")]
    [InlineData("debug-logistic-step", 6, "db = sum(dzz, axis=0)", "did you mean 'dz'?")]
    [InlineData("debug-logistic-step", 6, "db = sum(dz, axis=0", "^")]
    [InlineData("debug-logistic-step", 6, "gb = sum(dz, axis=0)", "does not define 'db'")]
    [InlineData("debug-logistic-step", 5, "dw = x @ dz", "line 5")]
    public void What_cannot_be_run_is_refused_with_its_place(string id, int line, string fix, string reason)
    {
        DebuggingKey key = Practising.Find(id).Debugging!;
        SubmittedAnswer answer = reason == "banana" ? "banana" : Answer(line, fix);
        string said = Practising.Debugging.Grade(key, answer).ShouldBeOfType<Unreadable>().Reason;
        said.ShouldContain(reason == "banana" ? "number of the faulty line" : reason);
    }

    [Fact]
    public void A_cure_on_another_line_is_right()
    {
        DebuggingKey key = Practising.Find("debug-tanh-and-square").Debugging!;
        Graded grade = Practising.Debugging.Grade(key, Answer(6, "da_v = u * 2 * a + da_u")).ShouldBeOfType<Graded>();
        grade.Score.ShouldBe(1);
        grade.Feedback.ShouldContain("line 7");
    }

    private static SubmittedAnswer Answer(int line, string fix) => new([Number(line), fix]) { Names = ["line", "fix"] };

    private static string Number(int line) => line.ToString(CultureInfo.InvariantCulture);
}
