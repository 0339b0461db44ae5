using Backprop.Domain.Practice;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Quizzes;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Practice;

public sealed class QuizTriesTests
{
    private readonly PracticeSetting practice = new([.. Enumerable.Range(1, 3).Select(number => PracticeSetting.Choice($"choice-{number}"))]);

    [Theory]
    [InlineData("c1", 1)]
    [InlineData("c2 c1", 2 / 3.0)]
    [InlineData("c2 c3 c1", 1 / 3.0)]
    [InlineData("c2 c3 c4", 0)]
    public async Task A_later_try_is_worth_less(string answers, double score)
    {
        Quiz quiz = await ChoicesAsync(tries: 5);
        QuizEntry last = quiz.Items[0];
        foreach ((int index, string answer) in answers.Split(' ').Index())
        {
            last.IsOver.ShouldBeFalse();
            last = await practice.AnswerAsync(quiz, 1, answer, $"key {index}");
        }

        last.Tries.ShouldBe(3, "the fourth of four choices is no choice");
        (last.Score, last.IsOver, last.IsCorrect).ShouldBe((score, true, score > 0));
        await PracticeSetting.RefusedAsync(PracticeError.ItemAnswered, () => practice.AnswerAsync(quiz, 1, "c1"));
    }

    [Fact]
    public async Task A_key_repeats_its_own_try()
    {
        Quiz quiz = await ChoicesAsync(tries: 2);
        QuizEntry first = await practice.AnswerAsync(quiz, 1, "c2", "one");
        QuizEntry second = await practice.AnswerAsync(quiz, 1, "c1", "two");
        (first.Score, first.IsOver, second.Score, second.IsOver).ShouldBe((0, false, 0.5, true));
        QuizEntry again = await practice.AnswerAsync(quiz, 1, "c2", "one");
        (again.Score, again.IsOver, again.Answer).ShouldBe((0, false, first.Answer));
        await PracticeSetting.RefusedAsync(PracticeError.KeyReused, () => practice.AnswerAsync(quiz, 1, "c1", "one"));
        await PracticeSetting.RefusedAsync(PracticeError.KeyReused, () => practice.AnswerAsync(quiz, 2, "c2", "one"));
    }

    [Fact]
    public async Task Only_the_first_try_counts_as_a_review()
    {
        Quiz quiz = await ChoicesAsync(tries: 2, "me");
        await practice.AnswerAsync(quiz, 1, "c2");
        await practice.AnswerAsync(quiz, 1, "c1");
        practice.Store.Recorded.ShouldHaveSingleItem().Score.ShouldBe(0);
    }

    [Fact]
    public async Task A_quiz_is_finished_when_no_item_takes_an_answer()
    {
        Quiz quiz = await ChoicesAsync(tries: 2);
        foreach (int number in (int[])[1, 2, 3, 1, 2])
        {
            await practice.AnswerAsync(quiz, number, "c2");
        }

        (await StateAsync(quiz)).ShouldBe(QuizStatus.Open);
        await practice.AnswerAsync(quiz, 3, "c1");
        (await StateAsync(quiz)).ShouldBe(QuizStatus.Finished);
    }

    [Fact]
    public async Task A_finished_quiz_takes_no_answers()
    {
        Quiz quiz = await ChoicesAsync(tries: 2);
        await practice.AnswerAsync(quiz, 1, "c2", "key");
        (await practice.Quizzes.FinishAsync(quiz.Id, null, default)).Progress.StateAt(practice.Clock.Now).ShouldBe(QuizStatus.Finished);
        await PracticeSetting.RefusedAsync(PracticeError.QuizExpired, () => practice.AnswerAsync(quiz, 1, "c1"));
        (await practice.AnswerAsync(quiz, 1, "c2", "key")).Score.ShouldBe(0);
        await PracticeSetting.RefusedAsync(PracticeError.ItemNotAnswered, () => AnotherAsync(quiz, 2));
    }

    [Fact]
    public async Task What_only_one_wrong_answer_is_left_of_has_one_try()
    {
        Quiz quiz = await practice.QuizAsync(new QuizOptions(new QuestionFilter { Kinds = [QuestionFormat.TrueFalse] }, 2, 1, null) { Tries = 5 });
        quiz.Items.ShouldAllBe(item => item.Tries == 1);
    }

    [Fact]
    public async Task Another_one_is_a_sibling_that_the_quiz_does_not_have_yet()
    {
        Quiz quiz = await practice.QuizAsync(new QuizOptions(new QuestionFilter { Kinds = [QuestionFormat.MultipleChoice] }, 1, 1, null));
        await PracticeSetting.RefusedAsync(PracticeError.ItemNotAnswered, () => AnotherAsync(quiz, 1));
        await PracticeSetting.RefusedAsync(PracticeError.UnknownItem, () => AnotherAsync(quiz, 2));
        await practice.AnswerAsync(quiz, 1, "c1");
        (await StateAsync(quiz)).ShouldBe(QuizStatus.Finished);
        (Quiz grown, int number, bool isNew) = await AnotherAsync(quiz, 1);
        QuizEntry added = grown.Items[^1];
        (number, isNew, added.AnotherOf, added.Variant.Kind).ShouldBe((2, true, 1, QuestionFormat.MultipleChoice));
        grown.Items.Select(item => item.Variant.Id).Distinct().Count().ShouldBe(2);
        (await StateAsync(quiz)).ShouldBe(QuizStatus.Open);
        (await AnotherAsync(quiz, 1)).IsNew.ShouldBeFalse("it is not answered yet");
        (await practice.Quizzes.FindAsync(quiz.Id, null, default)).Items.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Siblings_end_with_the_questions_of_the_topic()
    {
        Quiz quiz = await practice.QuizAsync(new QuizOptions(new QuestionFilter(), 8, 1, null));
        await practice.AnswerAsync(quiz, 1, quiz.Items[0].Variant.Kind == QuestionFormat.TrueFalse ? "true" : "c1");
        await PracticeSetting.RefusedAsync(PracticeError.NoSibling, () => AnotherAsync(quiz, 1));
    }

    [Fact]
    public async Task Others_asked_for_at_once_are_added_once()
    {
        Quiz quiz = await practice.QuizAsync(new QuizOptions(new QuestionFilter { Kinds = [QuestionFormat.MultipleChoice] }, 1, 1, null));
        await practice.AnswerAsync(quiz, 1, "c1");
        (Quiz, int Number, bool IsNew)[] all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AnotherAsync(quiz, 1)));
        all.Count(one => one.IsNew).ShouldBe(1);
        all.ShouldAllBe(one => one.Number == 2);
    }

    private Task<(Quiz Quiz, int Number, bool IsNew)> AnotherAsync(Quiz quiz, int number) =>
        practice.Quizzes.AnotherAsync(quiz.Id, quiz.Learner, number, default);

    private async Task<QuizStatus> StateAsync(Quiz quiz) =>
        (await practice.Quizzes.FindAsync(quiz.Id, quiz.Learner, default)).Progress.StateAt(practice.Clock.Now);

    private Task<Quiz> ChoicesAsync(int tries, string? learner = null) => practice.QuizAsync(
        new QuizOptions(new QuestionFilter { Kinds = [QuestionFormat.MultipleChoice] }, 3, 7, null) { Tries = tries }, learner);
}
