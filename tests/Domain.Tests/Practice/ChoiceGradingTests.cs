using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Practice;

public sealed class ChoiceGradingTests
{
    private static readonly Choice[] Choices =
    [
        new("Forward `mode`", false, "No: m = 1."), new("Reverse mode", true, "Yes: one row."), new("Either", true, "Yes: both."), new("1, 2", false, "No list."),
    ];

    [Theory]
    [InlineData("b", 1)]
    [InlineData("B", 1)]
    [InlineData("(b)", 1)]
    [InlineData("b.", 1)]
    [InlineData("Reverse mode", 1)]
    [InlineData("  reverse   MODE ", 1)]
    [InlineData("forward mode", 0)]
    [InlineData("a", 0)]
    public void A_choice_is_named_by_letter_or_text(string text, double score) =>
        ChoiceGrader.GradeOne(Choices, text).ShouldBeOfType<Graded>().Score.ShouldBe(score);

    [Fact]
    public void The_choice_says_why() => ChoiceGrader.GradeOne(Choices, "a").ShouldBe(new Graded(0, "No: m = 1."));

    [Theory]
    [InlineData("e")]
    [InlineData("banana")]
    [InlineData("")]
    [InlineData("a b")]
    public void What_names_no_choice_is_refused(string text) => ChoiceGrader.GradeOne(Choices, text).ShouldBeOfType<Unreadable>();

    // (right ones selected − wrong ones selected) / right ones, at least 0.
    [Theory]
    [InlineData(new[] { "b", "c" }, 1)]
    [InlineData(new[] { "c", "Reverse mode" }, 1)]
    [InlineData(new[] { "b", "b", "c" }, 1)]
    [InlineData(new[] { "b" }, 0.5)]
    [InlineData(new[] { "b", "c", "a" }, 0.5)]
    [InlineData(new[] { "b", "a" }, 0)]
    [InlineData(new[] { "a", "d" }, 0)]
    [InlineData(new[] { "a", "b", "c", "d" }, 0)]
    [InlineData(new string[0], 0)]
    public void Several_choices_earn_partial_credit(string[] texts, double score) =>
        ChoiceGrader.GradeAll(Choices, new SubmittedAnswer(texts, true)).ShouldBeOfType<Graded>().Score.ShouldBe(score);

    [Theory]
    [InlineData("b, c", 1)]
    [InlineData("b; c", 1)]
    [InlineData("b", 0.5)]
    [InlineData("1, 2", 0)]
    public void One_text_may_name_several(string text, double score) => ChoiceGrader.GradeAll(Choices, text).ShouldBeOfType<Graded>().Score.ShouldBe(score);

    [Fact]
    public void An_unknown_one_among_several_is_refused() =>
        ChoiceGrader.GradeAll(Choices, new SubmittedAnswer(["b", "banana"], true)).ShouldBeOfType<Unreadable>();

    [Theory]
    [InlineData("true", 1)]
    [InlineData("True", 1)]
    [InlineData("T", 1)]
    [InlineData("yes", 1)]
    [InlineData("false", 0)]
    [InlineData("no", 0)]
    [InlineData("0", 0)]
    public void Truth_has_many_words(string text, double score) =>
        TruthGrader.Grade(new TruthKey("It holds.", true), text).ShouldBeOfType<Graded>().Score.ShouldBe(score);

    [Theory]
    [InlineData("banana")]
    [InlineData("")]
    [InlineData("2")]
    public void What_is_neither_is_refused(string text) => TruthGrader.Grade(new TruthKey("It holds.", true), text).ShouldBeOfType<Unreadable>();
}
