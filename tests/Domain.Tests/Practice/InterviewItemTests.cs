using Backprop.Domain.Practice;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Quizzes;
using Backprop.Domain.Practice.Reviews;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Practice;

public sealed class InterviewItemTests
{
    private static readonly QuestionFilter Asked = new() { Kinds = [QuestionFormat.Interview] };
    private readonly PracticeSetting practice = new();

    [Fact]
    public async Task Interview_questions_are_drawn_only_if_the_filter_asks_for_them()
    {
        (await practice.QuizAsync(new QuizOptions(new QuestionFilter(), 5, 1, null))).Items.ShouldAllBe(item => !item.IsSelfMarked);
        foreach (QuestionFilter filter in (QuestionFilter[])[Asked, new() { Ids = ["talk"] }])
        {
            (await practice.QuizAsync(new QuizOptions(filter, 1, 1, null))).Items.ShouldHaveSingleItem().Variant.Id.ShouldBe("talk");
        }
    }

    [Theory]
    [InlineData(null, null, 1)]
    [InlineData(1, null, 0)]
    [InlineData(1, 3, 3)]
    [InlineData(null, 0, 0)]
    public async Task Exercises_follow_an_interview_question(int? count, int? exercises, int following)
    {
        Quiz quiz = await practice.QuizAsync(new QuizOptions(Asked, count, 1, null) { Exercises = exercises });
        quiz.Items.Select(item => item.Practises).ShouldBe([null, .. Enumerable.Repeat("talk", following)]);
        quiz.Items.Select(item => item.Variant.Id).Distinct().Count().ShouldBe(1 + following);
        quiz.Items.Select(item => item.Number).ShouldBe(Enumerable.Range(1, 1 + following));
    }

    [Fact]
    public async Task The_marks_of_the_learner_are_the_score()
    {
        Quiz quiz = await practice.QuizAsync(new QuizOptions(Asked, 1, 1, null), "me");
        await PracticeSetting.RefusedAsync(PracticeError.ItemNotAnswered, () => MarkAsync(quiz, "two"));
        QuizEntry answered = await practice.AnswerAsync(quiz, 1, "In my own words.");
        (answered.Score, answered.IsOver).ShouldBe((0, true));
        practice.Store.Recorded.ShouldBeEmpty("it counts once it is marked");
        (await MarkAsync(quiz, "two")).Score.ShouldBe(0.75);
        (await MarkAsync(quiz, "one", "two")).Score.ShouldBe(1);
        practice.Store.Recorded.ShouldHaveSingleItem().ShouldBe(
            RecordedAnswer.Graded("me", answered.Variant, AnswerOrigin.Quiz, 0.75, practice.Clock.Now));
        (await practice.Quizzes.FindAsync(quiz.Id, "me", default)).Items[0].Answer!.MentionedFacts!.Order().ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task Marks_must_fit_the_item()
    {
        Quiz quiz = await practice.QuizAsync(new QuizOptions(Asked, null, 1, null));
        await practice.AnswerAsync(quiz, 1, "In my own words.");
        await practice.AnswerAsync(quiz, 2, "true");
        (await PracticeSetting.RefusedAsync(PracticeError.InvalidFact, () => MarkAsync(quiz, "one", "tow"))).Index.ShouldBe(1);
        (await PracticeSetting.RefusedAsync(PracticeError.InvalidFact, () => MarkAsync(quiz, "one", "one"))).Index.ShouldBe(1);
        await PracticeSetting.RefusedAsync(PracticeError.NotSelfMarked, () => practice.Quizzes.MarkAsync(quiz.Id, null, 2, [], default));
        await PracticeSetting.RefusedAsync(PracticeError.UnknownItem, () => practice.Quizzes.MarkAsync(quiz.Id, null, 3, [], default));
        await PracticeSetting.RefusedAsync(PracticeError.NotFound, () => practice.Quizzes.MarkAsync("none", null, 1, [], default));
    }

    [Fact]
    public async Task Only_words_answer_an_interview_question()
    {
        Quiz quiz = await practice.QuizAsync(new QuizOptions(Asked, 1, 1, null));
        foreach (SubmittedAnswer answer in (SubmittedAnswer[])["", "  ", new(["a", "b"], IsList: true), new([], IsList: true), new string('x', 10_001)])
        {
            await PracticeSetting.RefusedAsync(PracticeError.UngradableAnswer,
                () => practice.Quizzes.AnswerAsync(quiz.Id, null, 1, answer, "key", default));
        }

        (await practice.AnswerAsync(quiz, 1, new string('x', 10_000), "key")).IsOver.ShouldBeTrue();
    }

    [Fact]
    public void Exercises_that_share_the_most_labels_come_first()
    {
        Question interview = PracticeSetting.Interview("talk") with { Tags = ["derivation"], Keywords = ["LSTM", "RNN"] };
        LabelledQuestion[] candidates =
        [
            new("none", new(1, null), DifficultyLevel.Easy, ["trade-off"]),
            new("two", new(2, null), DifficultyLevel.Easy, ["rnn", "derivation"]),
            new("one", new(3, null), DifficultyLevel.Easy, ["lstm"]),
        ];
        for (long seed = 0; seed < 10; seed++)
        {
            RelatedExercises.Ranked(interview, candidates, seed).Select(one => one.Id).ShouldBe(["two", "one", "none"]);
        }
    }

    [Theory]
    [InlineData("Every adjoint is reused, so the cost follows the number of operations.", "cost,reuse")]
    [InlineData("The operations are counted: the costs are those of the operations.", "cost")]
    [InlineData("No idea.", "")]
    [InlineData("", "")]
    public void Facts_are_suggested_by_their_words(string answer, string suggested) => RubricSuggestions.Of(
        [new RubricFact("cost", "The cost follows operations, not parameters"), new RubricFact("reuse", "Each adjoint is reused")], answer)
        .ShouldBe(suggested.Split(',', StringSplitOptions.RemoveEmptyEntries));

    private Task<QuizEntry> MarkAsync(Quiz quiz, params string[] facts) => practice.Quizzes.MarkAsync(quiz.Id, quiz.Learner, 1, facts, default);
}
