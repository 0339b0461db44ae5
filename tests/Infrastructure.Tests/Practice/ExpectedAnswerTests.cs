using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Quizzes;
using Backprop.Infrastructure.Practice;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Practice;

public sealed class ExpectedAnswerTests
{
    private const int Seeds = 20;

    public static TheoryData<string> Gradable => [.. Practising.Bank.Where(question => question.Kind != QuestionFormat.Interview).Select(question => question.Id)];

    [Theory]
    [MemberData(nameof(Gradable))]
    public void What_is_shown_as_expected_is_graded_as_right(string id)
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            Question variant = Practising.Variant(id, seed);
            SubmittedAnswer expected = ExpectedAnswer.Of(variant);
            Practising.Grading.Grade(variant, expected).ShouldBeOfType<Graded>().Score.ShouldBe(1, $"seed {seed}: {string.Join(" | ", expected.Texts)}");
        }
    }

    public static TheoryData<string> Numbers => [.. Practising.Bank.Where(question => question.Kind == QuestionFormat.Numeric).Select(question => question.Id)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_key_that_is_whole_or_dyadic_is_shown_exactly(string id)
    {
        for (int seed = 0; seed < 5 * Seeds; seed++)
        {
            Question variant = Practising.Variant(id, seed);
            NumericKey key = variant.Numeric! with { Rtol = 0, Atol = 0 };
            double value = key.Value!.Value;
            bool isWhole = double.IsInteger(value) && Math.Abs(value) < 9007199254740992;
            bool isDyadic = (float)value == value && (double.IsPow2(value) || double.Parse($"{value:E9}") == value);
            if (isWhole || isDyadic)
            {
                NumericGrader.Grade(key, ExpectedAnswer.Of(variant).Texts[0]).ShouldBeOfType<Graded>().IsCorrect.ShouldBeTrue($"{value}");
            }
        }
    }

    [Theory]
    [InlineData("loss-scale", "16,777,216")]
    [InlineData("tokens-a-step", "2,752,512")]
    [InlineData("attention-flops", "8,589,934,592 FLOPs")]
    [InlineData("bf16-rounding", "1.953125")]
    [InlineData("lost-update", "2^-24")]
    public void All_digits_that_matter_are_shown(string id, string shown) =>
        Enumerable.Range(0, 500).SelectMany(seed => ExpectedAnswer.Of(Practising.Variant(id, seed)).Texts).ShouldContain(shown);

    [Theory]
    [MemberData(nameof(Gradable))]
    public void A_variant_is_read_from_the_database_as_it_was_written(string id)
    {
        Question variant = Practising.Variant(id, 7);
        QuestionJson.Write(QuestionJson.Read(QuestionJson.Write(variant))).ShouldBe(QuestionJson.Write(variant));
    }

    [Theory]
    [InlineData(0.1234567891, 0.0, null, "0.1234567891")]
    [InlineData(4050.925925925926, null, null, "4050.93")]
    [InlineData(-1234567, null, null, "-1,234,567")]
    [InlineData(2.796875, null, null, "2.796875")]
    [InlineData(5.9604644775390625e-8, null, null, "2^-24")]
    [InlineData(3.65925e-5, null, null, "3.65925×10^-5")]
    [InlineData(5, null, 3, "5.00E+0")]
    [InlineData(0.05, null, 2, "5.0E-2")]
    public void As_many_digits_are_shown_as_the_key_asks_for(double value, double? atol, int? figures, string shown)
    {
        var key = new NumericKey { Value = value, Atol = atol, SignificantFigures = figures };
        Question question = SampleQuestions.One("number") with { Kind = QuestionFormat.Numeric, Numeric = key };
        ExpectedAnswer.Of(question).Texts.ShouldBe([shown]);
        NumericGrader.Grade(key, shown).ShouldBeOfType<Graded>().IsCorrect.ShouldBeTrue();
    }

    [Fact]
    public void A_letter_means_the_choice_that_reads_so_where_there_is_one()
    {
        Choice[] choices = [new("b", false, "No."), new("a", true, "Yes."), new("neither", false, "No.")];
        ChoiceGrader.GradeOne(choices, "a").ShouldBeOfType<Graded>().Score.ShouldBe(1);
        ChoiceGrader.GradeOne(choices, "b").ShouldBeOfType<Graded>().Score.ShouldBe(0);
        ChoiceGrader.GradeOne(choices, "c").ShouldBeOfType<Graded>().Score.ShouldBe(0);
    }

    [Fact]
    public void Choices_that_differ_in_case_alone_are_told_apart()
    {
        Choice[] choices = [new("W", false, "No."), new("w", true, "Yes.")];
        ChoiceGrader.GradeOne(choices, "w").ShouldBeOfType<Graded>().Score.ShouldBe(1);
        ChoiceGrader.GradeOne(choices, "W").ShouldBeOfType<Graded>().Score.ShouldBe(0);
    }
}
