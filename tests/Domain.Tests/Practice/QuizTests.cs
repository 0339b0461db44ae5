using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Quizzes;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Practice;

public sealed class QuizTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Citation Book = new("Griewank, A.; Walther, A.", "Evaluating Derivatives", 2008);
    private static readonly Citation Survey = new("Baydin, A. G.", "Automatic Differentiation in Machine Learning: a Survey", 2018);

    [Theory]
    [InlineData(0, null, 0, QuizStatus.Open)]
    [InlineData(3, null, 0, QuizStatus.Finished)]
    [InlineData(2, 60, 59.999, QuizStatus.Open)]
    [InlineData(2, 60, 60, QuizStatus.Expired)]
    [InlineData(3, 60, 61, QuizStatus.Finished)]
    public void A_quiz_takes_answers_until_all_are_given_or_the_time_is_over(int answered, int? limit, double seconds, QuizStatus state) =>
        new QuizProgress(3, answered, limit is { } allowed ? Noon.AddSeconds(allowed) : null).StateAt(Noon.AddSeconds(seconds)).ShouldBe(state);

    [Fact]
    public void What_is_not_answered_counts_as_nothing()
    {
        Quiz quiz = Quiz(("memory", 1, Book), ("memory", 0.5, Book), ("parallelism", null, Survey), ("optimisers", 1, Survey));
        quiz.Score.ShouldBe(2.5 / 4);
        quiz.Progress.Answered.ShouldBe(3);
    }

    [Fact]
    public void The_review_names_weak_topics_the_weakest_first_and_each_source_once()
    {
        QuizReview review = QuizReview.Of(Quiz(("memory", 1, Book), ("memory", 0.5, Book), ("parallelism", null, Survey), ("optimisers", 1, Survey), ("memory", 0, Book)));
        review.Topics.Select(topic => (topic.Topic, topic.Score)).ShouldBe([("parallelism", 0), ("memory", 0.5)]);
        review.Topics[1].Items.ShouldBe([2, 5]);
        review.Citations.ShouldBe([Book, Survey]);
    }

    [Fact]
    public void A_perfect_quiz_has_nothing_to_read_again()
    {
        QuizReview review = QuizReview.Of(Quiz(("memory", 1, Book)));
        review.Topics.ShouldBeEmpty();
        review.Citations.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("light", 0.25)]
    [InlineData("heavy", 0.75)]
    [InlineData("light heavy", 1)]
    [InlineData("heavy unknown", 0.75)]
    public void Named_facts_count_by_their_weight(string named, double score)
    {
        InterviewScore result = InterviewScore.Of([new RubricFact("light", "Light.", 0.1), new RubricFact("heavy", "Heavy.", 0.3)], named.Split(' ').ToHashSet());
        result.Score.ShouldBe(score, 1e-15);
        result.MentionedFacts.Count.ShouldBe(2 - result.Missed.Count);
    }

    private static Quiz Quiz(params (string Topic, double? Score, Citation Source)[] items) =>
        new("id", 0, Noon, null, [.. items.Select((item, index) => new QuizEntry(index + 1, 1, Question(item.Topic, item.Source), Answer(item.Score)))]);

    private static GradedAnswer? Answer(double? score) => score is { } points ? new GradedAnswer("answer", new Graded(points, "So."), Noon) : null;

    private static Question Question(string topic, Citation source) => new()
    {
        Id = "question",
        Topic = topic,
        Kind = QuestionFormat.TrueFalse,
        Difficulty = DifficultyLevel.Easy,
        Title = "Title",
        Prompt = "Prompt",
        Explanation = "Explanation",
        Citations = [source],
        Truth = new TruthKey("So.", true),
    };
}
