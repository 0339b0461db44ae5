using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Reviews;

/// <summary>The source of an answer.</summary>
public enum AnswerOrigin
{
    /// <summary>An item of a quiz.</summary>
    Quiz,

    /// <summary>An interview question, graded with its rubric.</summary>
    Interview,

    /// <summary>A question that was due for review.</summary>
    Review,

    /// <summary>The daily question.</summary>
    Daily,
}

/// <summary>An answer in the record of a learner.</summary>
/// <param name="LearnerId">Whose it is.</param>
/// <param name="QuestionId">The question.</param>
/// <param name="Topic">The id of its topic.</param>
/// <param name="Difficulty">Its difficulty.</param>
/// <param name="Source">Where it was asked.</param>
/// <param name="Score">Its score, 0 … 1; null if the learner rated it.</param>
/// <param name="Rating">How well it was remembered.</param>
/// <param name="At">When it was answered.</param>
public sealed record RecordedAnswer(
    string LearnerId, string QuestionId, string Topic, DifficultyLevel Difficulty, AnswerOrigin Source, double? Score, RecallRating Rating,
        DateTimeOffset At)
{
    /// <summary>A graded answer; its score determines how well the question was remembered.</summary>
    public static RecordedAnswer Graded(string learner, Question question, AnswerOrigin source, double score, DateTimeOffset at) =>
        new(learner, question.Id, question.Topic, question.Difficulty, source, score, ReviewRatings.Of(score), at);

    /// <summary>Adds the answer to the learner's record and schedules the next review of the question.</summary>
    /// <param name="transaction">The transaction of what it answers.</param>
    /// <returns>The new state of the question's review.</returns>
    /// <exception cref="AccountDeletedException">The account was deleted in the meantime.</exception>
    public async Task<Card> AddToAsync(IPracticeTransaction transaction)
    {
        if (!await transaction.HasLearnerAsync(LearnerId))
        {
            throw new AccountDeletedException();
        }

        Card card = ReviewScheduler.Review(await transaction.FindCardAsync(LearnerId, QuestionId), Rating, At);
        await transaction.SaveAsync(this, card);
        return card;
    }
}
