using Backprop.Domain.Practice;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Quizzes;
using CsCheck;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Practice;

public sealed class QuizDrawingTests
{
    private static readonly Question Pattern = new()
    {
        Id = "which-one",
        Topic = "topic",
        Kind = QuestionFormat.MultipleChoice,
        Difficulty = DifficultyLevel.Easy,
        Title = "Which one",
        Prompt = "Which one?",
        Explanation = "That one.",
        Choices = [.. "pqrstu".Select(letter => new Choice(letter.ToString(), letter == 'p', "So."))],
    };

    // Every process, machine and release must draw the same; the numbers were computed by another implementation.
    [Theory]
    [InlineData(0, "61 99 12 33 5 27 69 65")]
    [InlineData(42, "90 56 62 17 58 94 73 1")]
    [InlineData(-1, "72 78 93 62 35 4 89 37")]
    public void A_seed_chooses_the_same_for_ever(long seed, string chosen) =>
        string.Join(' ', QuizSampler.Choose([.. Enumerable.Range(0, 100)], 8, seed)).ShouldBe(chosen);

    [Fact]
    public void No_question_is_chosen_twice() => Gen.Select(Gen.Int[0, 60], Gen.Int[0, 60], Gen.Long).Sample((some, others, seed) =>
    {
        int[] from = [.. Enumerable.Range(0, some + others)];
        int[] chosen = QuizSampler.Choose(from, some, seed);
        return chosen.Length == some && chosen.Distinct().Count() == some && chosen.All(from.Contains) && chosen.SequenceEqual(QuizSampler.Choose(from, some, seed));
    });

    [Fact]
    public void No_two_of_one_group_are_chosen() => Gen.Select(Gen.Int[0, 4].Array[0, 40], Gen.Int[0, 40], Gen.Long).Sample((groups, most, seed) =>
    {
        QuestionCandidate[] from = [.. groups.Select((group, number) => new QuestionCandidate(number, group == 0 ? null : $"group {group}"))];
        int count = Math.Min(most, QuizSampler.Largest(from));
        QuestionCandidate[] chosen = QuizSampler.ChooseApart(from, count, seed);
        string[] named = [.. chosen.Select(one => one.Group).OfType<string>()];
        return chosen.Length == count && named.Distinct().Count() == named.Length
            && chosen.Distinct().Count() == count && chosen.All(from.Contains) && chosen.SequenceEqual(QuizSampler.ChooseApart(from, count, seed));
    });

    [Fact]
    public void Without_groups_the_choice_is_the_same()
    {
        QuestionCandidate[] from = [.. Enumerable.Range(0, 100).Select(number => new QuestionCandidate(number, null))];
        QuizSampler.ChooseApart(from, 8, 42).ShouldBe(QuizSampler.Choose(from, 8, 42));
    }

    [Fact]
    public void More_than_groups_allow_cannot_be_chosen() => Should.Throw<ArgumentOutOfRangeException>(
        () => QuizSampler.ChooseApart([new QuestionCandidate(1, "one"), new QuestionCandidate(2, "one")], 2, 0));

    [Fact]
    public void Every_question_comes_as_often_at_every_place()
    {
        int[,] counts = new int[3, 10];
        for (int seed = 0; seed < 10_000; seed++)
        {
            foreach ((int place, int question) in QuizSampler.Choose([.. Enumerable.Range(0, 10)], 3, seed).Index())
            {
                counts[place, question]++;
            }
        }

        // 1000 each on average, with a standard deviation of 30.
        counts.Cast<int>().ShouldAllBe(count => Math.Abs(count - 1000) < 150);
    }

    [Fact]
    public void More_than_there_are_cannot_be_chosen() => Should.Throw<ArgumentOutOfRangeException>(() => QuizSampler.Choose([1, 2], 3, 0));

    [Fact]
    public void The_right_choice_stands_anywhere()
    {
        Question[] variants = [.. Enumerable.Range(0, 60).Select(seed => QuizSampler.Variant(new DrawableQuestion(1, Pattern, Pattern), seed, (question, _) => question))];
        variants.Select(variant => variant.Choices!.Index().Single(choice => choice.Item.Correct).Index).Distinct().Count().ShouldBe(6);
        variants.ShouldAllBe(variant => variant.Choices!.Count == 6 && !variant.Choices.Except(Pattern.Choices!).Any());
    }
}
