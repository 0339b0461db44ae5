using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Practice;

/// <summary>The bank as a whole, and its seed questions.</summary>
public sealed class BankTests
{
    private static readonly Question[] Interviews = [.. Practising.Bank.Where(question => question.Kind == QuestionFormat.Interview)];

    [Fact]
    public void Five_questions_are_asked_in_interviews_and_no_others_name_a_company()
    {
        Interviews.Length.ShouldBe(5);
        Practising.Bank.Except(Interviews).ShouldAllBe(question => question.Companies.Count == 0);
        string[] companies = [.. Interviews.SelectMany(question => question.Companies).Select(company => company.Name)];
        companies.CountBy(name => name).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value))
            .ShouldBe([("Anthropic", 4), ("Google", 5), ("Meta", 3), ("OpenAI", 3)]);
        Interviews.CountBy(question => question.Difficulty).ToDictionary()
            .ShouldBe(new Dictionary<DifficultyLevel, int> { [DifficultyLevel.Medium] = 3, [DifficultyLevel.Hard] = 2 }, ignoreOrder: true);
        Interviews.ShouldAllBe(question => question.Hints.Count > 0 && question.Interview!.Rubric.Count > 4 && question.Interview.FollowUps.Count > 0);
    }

    [Fact]
    public void The_bank_is_large_and_varied()
    {
        Question[] asked = [.. Practising.Bank.Where(question => !question.Open)];
        asked.Length.ShouldBeGreaterThanOrEqualTo(77);
        asked.Count(question => question.Template is not null).ShouldBeGreaterThanOrEqualTo(25);
        asked.Select(question => question.Kind).Distinct().Count().ShouldBe(6);
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
        { "product-with-a-small-factor", "y: its local derivative is x, which is almost 0" },
        { "no-clipping-in-a-deep-network", "Exploding gradients: the loss jumps, and soon there are NaNs" },
        { "thirty-two-layers-five-checkpoints", "12" }, { "thirty-two-layers-five-checkpoints", "12 activations" }, { "thirty-two-layers-five-checkpoints", "12.0" },
        { "flops-per-token-of-gpt3", "1.05e12" }, { "flops-per-token-of-gpt3", "1.05×10¹² FLOPs" }, { "flops-per-token-of-gpt3", "1.05 TFLOPs" },
        { "flops-per-token-of-gpt3", "1.05 trillion" }, { "flops-per-token-of-gpt3", "1,050,000,000,000" }, { "flops-per-token-of-gpt3", "1050 GFLOPs per token" },
        { "extra-compute-of-checkpointing", "About one third: one more forward pass" },
        { "small-model-by-differences", "620,000 s" }, { "small-model-by-differences", "6.2e5 s" }, { "small-model-by-differences", "7.18 days" }, { "small-model-by-differences", "172.2 h" },
        { "weight-used-twice", "The sum of the contributions of both uses" },
        { "when-forward-mode-wins", "With few inputs and many outputs (n ≪ m)" },
        { "halving-the-forward-pass", "The ratio becomes 4; the step goes from 3 to 2.5 units" },
        { "add-gate-with-fan-out", "The gradient of s is the sum of the three that come back, and x and y each receive it unchanged" },
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

    [Fact]
    public void No_choice_betrays_itself_by_its_place()
    {
        Question[] chosen = [.. Practising.Bank.Where(question => question.Kind == QuestionFormat.MultipleChoice && question.Choices is not null)];
        chosen.CountBy(question => question.Choices!.ToList().FindIndex(choice => choice.Correct)).ShouldAllBe(place => place.Value < 0.5 * chosen.Length);
    }
}
