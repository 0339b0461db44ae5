using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Practice;

/// <summary>The bank as a whole, and its seed questions.</summary>
public sealed class BankTests
{
    private static readonly Question[] Interviews = [.. Practising.Bank.Where(question => question.Kind == QuestionFormat.Interview)];
    private static readonly Question[] Lessons = [.. Interviews.Where(question => question.Companies.Count > 0)];

    [Fact]
    public void The_lessons_five_interview_questions_name_companies_and_no_others_do()
    {
        Lessons.Length.ShouldBe(5);
        Practising.Bank.Except(Interviews).ShouldAllBe(question => question.Companies.Count == 0);
        string[] companies = [.. Lessons.SelectMany(question => question.Companies).Select(company => company.Name)];
        companies.CountBy(name => name).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value))
            .ShouldBe([("Anthropic", 4), ("Google", 5), ("Meta", 3), ("OpenAI", 3)]);
        Lessons.CountBy(question => question.Difficulty).ToDictionary()
            .ShouldBe(new Dictionary<DifficultyLevel, int> { [DifficultyLevel.Medium] = 3, [DifficultyLevel.Hard] = 2 }, ignoreOrder: true);
        Lessons.SelectMany(question => question.Companies).ShouldAllBe(company => company.Source.Contains("Transformer Math") && company.Source.Contains("confirmed"));
    }

    [Fact]
    public void Thirty_more_interview_questions_cover_all_topics_and_levels()
    {
        Interviews.Length.ShouldBeGreaterThanOrEqualTo(35);
        Interviews.Select(question => question.Topic).Distinct().Count().ShouldBe(8);
        Interviews.CountBy(question => question.Difficulty).ShouldAllBe(level => level.Value >= 5);
        Interviews.CountBy(question => question.Difficulty).Count().ShouldBe(3);
    }

    public static TheoryData<string> InterviewIds => [.. Interviews.Select(question => question.Id)];

    [Theory]
    [MemberData(nameof(InterviewIds))]
    public void An_interview_question_has_hints_a_weighted_rubric_and_answered_follow_ups(string id)
    {
        Question question = Practising.Find(id);
        InterviewKey key = question.Interview!;
        question.Hints.Count.ShouldBeGreaterThanOrEqualTo(2);
        key.Rubric.Count.ShouldBeGreaterThan(4);
        key.Rubric.Select(fact => fact.Weight).Distinct().Count().ShouldBeGreaterThan(1);
        key.FollowUps.ShouldNotBeEmpty();
        key.FollowUpAnswers.ShouldNotBeNull().Count.ShouldBe(key.FollowUps.Count);
        key.ModelAnswer.ShouldStartWith("**Say first.**");
        key.ModelAnswer.ShouldContain("**Example.**");
        key.ModelAnswer.ShouldContain("`");
    }

    [Fact]
    public void The_bank_is_large_and_varied()
    {
        Question[] asked = [.. Practising.Bank.Where(question => !question.Open)];
        asked.Length.ShouldBeGreaterThanOrEqualTo(77);
        asked.Count(question => question.Template is not null).ShouldBeGreaterThanOrEqualTo(25);
        asked.Select(question => question.Kind).Distinct().Count().ShouldBe(8);
        asked.GroupBy(question => question.Topic).ShouldAllBe(topic => topic.Select(question => question.Difficulty).Distinct().Count() == 3);
        Question[] open = [.. Practising.Bank.Where(question => question.Open)];
        open.Length.ShouldBeGreaterThanOrEqualTo(40);
        open.GroupBy(question => question.Topic).ShouldAllBe(topic => topic.Select(question => question.Difficulty).Distinct().Count() == 3);
    }

    public static TheoryData<string, string> RightAnswers => new()
    {
        { "differences-against-backprop", "11.09 years" }, { "differences-against-backprop", "11.1 y" }, { "differences-against-backprop", "3.5e8 s" },
        { "differences-against-backprop", "4051 days" }, { "differences-against-backprop", "4,051 d" }, { "differences-against-backprop", "11 years" },
        { "differences-against-backprop", "3.5×10^8 seconds" }, { "differences-against-backprop", "11,09 years" }, { "differences-against-backprop", "97222 hours" },
        { "largest-of-three-gradients", "-24" }, { "largest-of-three-gradients", "−24" }, { "largest-of-three-gradients", "-24.0" }, { "largest-of-three-gradients", "-2.4e1" },
        { "product-with-a-small-factor", "y: its local derivative is x" },
        { "no-clipping-in-a-deep-network", "Exploding gradients: the loss jumps, then turns into NaN" },
        { "thirty-two-layers-five-checkpoints", "12" }, { "thirty-two-layers-five-checkpoints", "12 activations" }, { "thirty-two-layers-five-checkpoints", "12.0" },
        { "flops-per-token-of-gpt3", "1.05e12" }, { "flops-per-token-of-gpt3", "1.05×10¹² FLOPs" }, { "flops-per-token-of-gpt3", "1.05 TFLOPs" },
        { "flops-per-token-of-gpt3", "1.05 trillion" }, { "flops-per-token-of-gpt3", "1,050,000,000,000" }, { "flops-per-token-of-gpt3", "1050 GFLOPs per token" },
        { "extra-compute-of-checkpointing", "About one third more" },
        { "small-model-by-differences", "620,000 s" }, { "small-model-by-differences", "6.2e5 s" }, { "small-model-by-differences", "7.18 days" }, { "small-model-by-differences", "172.2 h" },
        { "weight-used-twice", "The sum of the contributions of both uses" },
        { "when-forward-mode-wins", "With few inputs and many outputs" },
        { "halving-the-forward-pass", "The ratio becomes 4; the step goes from 3 to 2.5 units" },
        { "add-gate-with-fan-out", "The gradient of s is the sum of three, and x and y each receive it unchanged" },
    };

    [Theory]
    [MemberData(nameof(RightAnswers))]
    public void The_lessons_answers_are_right(string id, string answer) => Practising.Grading.Grade(Practising.Find(id), answer).ShouldBeOfType<Graded>().Score.ShouldBe(1);

    [Fact]
    public void Twelve_questions_are_the_lessons() => RightAnswers.Select(row => row[0]).Distinct().Count().ShouldBe(12);

    public static TheoryData<string> Undrawn =>
        [.. Practising.Bank.Where(question => question.Template is null && question.Kind != QuestionFormat.Interview).Select(question => question.Id)];

    [Theory]
    [MemberData(nameof(Undrawn))]
    public void Every_key_is_right_every_distractor_is_wrong_and_banana_is_no_answer(string id)
    {
        Question question = Practising.Find(id);
        double Score(SubmittedAnswer answer) => Practising.Grading.Grade(question, answer).ShouldBeOfType<Graded>().Score;
        foreach (NumericMistake mistake in question.Numeric?.Mistakes ?? [])
        {
            Practising.Grading.Grade(question, $"{mistake.Value} {question.Numeric!.Unit}").ShouldBe(new Graded(0, mistake.Feedback));
        }

        foreach (ExpressionMistake mistake in question.Expression?.Mistakes ?? [])
        {
            Practising.Grading.Grade(question, mistake.Formula).ShouldBe(new Graded(0, mistake.Feedback));
        }

        foreach (Choice choice in question.Choices ?? [])
        {
            Score(choice.Text).ShouldBe(!choice.Correct ? 0 : question.Kind == QuestionFormat.MultipleChoice ? 1 : 1.0 / question.Choices!.Count(other => other.Correct), 1e-12);
        }

        switch (question.Kind)
        {
            case QuestionFormat.Numeric: Score($"{question.Numeric!.Value}").ShouldBe(1); break;
            case QuestionFormat.Expression: Score(question.Expression!.Formula!).ShouldBe(1); break;
            case QuestionFormat.TrueFalse: (Score("true"), Score("false")).ShouldBe(question.Truth!.Value!.Value ? (1, 0) : (0, 1)); break;
            case QuestionFormat.MultiSelect: Score(new SubmittedAnswer([.. question.Choices!.Where(choice => choice.Correct).Select(choice => choice.Text)], true)).ShouldBe(1); break;
            default: break;
        }

        Practising.Grading.Grade(question, "banana").ShouldBeOfType<Unreadable>();
    }
}
