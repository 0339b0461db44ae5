using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Reviews;
using Backprop.Infrastructure.Persistence.Interviews;
using Backprop.Infrastructure.Persistence.Quizzes;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Learners;

/// <summary>An answer to record.</summary>
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
    public static RecordedAnswer Graded(
        string learnerId, string questionId, string topic, DifficultyLevel difficulty, AnswerOrigin source, double score, DateTimeOffset at) =>
        new(learnerId, questionId, topic, difficulty, source, score, ReviewRatings.Of(score), at);
}

/// <summary>Records answers of learners, each in the transaction of what it answers.</summary>
public static class AnswerRecorder
{
    /// <summary>Requires that an account still exists when something is stored for it.</summary>
    /// <param name="context">The context of an isolated transaction.</param>
    /// <param name="learner">The learner; null is always accepted.</param>
    /// <exception cref="AccountDeletedException">The account was deleted in the meantime.</exception>
    public static async Task DemandAsync(BackpropDbContext context, string? learner)
    {
        if (learner is not null && !await context.Users.AnyAsync(account => account.Id == learner, CancellationToken.None))
        {
            throw new AccountDeletedException();
        }
    }

    /// <summary>Records the answer to an item of a quiz, if the quiz belongs to a learner.</summary>
    /// <param name="context">The context of the transaction that stores the answer, which has been written already.</param>
    /// <param name="quiz">The sequence of the quiz.</param>
    /// <param name="number">The number of the item.</param>
    public static async Task AddQuizAnswerAsync(BackpropDbContext context, long quiz, int number)
    {
        StoredQuiz? row = await context.Quizzes.AsNoTracking()
            .Include(row => row.Items.Where(item => item.Number == number && item.AnsweredAt != null))
            .SingleOrDefaultAsync(row => row.Sequence == quiz && row.LearnerId != null, CancellationToken.None);
        if (row is { LearnerId: { } learner, Items: [{ Score: { } score, AnsweredAt: { } at } item] })
        {
            await AddAsync(context, RecordedAnswer.Graded(learner, item.QuestionId, item.Topic, item.Difficulty, AnswerOrigin.Quiz, score, at));
        }
    }

    /// <summary>Records the first marks of an interview, if it is marked and belongs to a learner.</summary>
    /// <param name="context">The context of the transaction that stores the marks.</param>
    /// <param name="interview">The interview.</param>
    public static async Task AddMarksAsync(BackpropDbContext context, StoredInterview interview)
    {
        if (interview is { LearnerId: { } learner, Score: { } score, MarkedAt: { } at })
        {
            await AddAsync(context,
                RecordedAnswer.Graded(learner, interview.QuestionId, interview.Topic, interview.Difficulty, AnswerOrigin.Interview, score, at));
        }
    }

    /// <summary>Adds the answer to the learner's record and advances the review of the question.</summary>
    /// <param name="context">The context of an isolated transaction (<see cref="GroupCommitQueue"/>); it is saved here and committed there.</param>
    /// <param name="answer">The answer.</param>
    /// <returns>The new state of the question's review.</returns>
    /// <exception cref="AccountDeletedException">The account was deleted in the meantime.</exception>
    public static async Task<Card> AddAsync(BackpropDbContext context, RecordedAnswer answer)
    {
        await DemandAsync(context, answer.LearnerId);
        context.Add(new LearnerAnswer
        {
            LearnerId = answer.LearnerId,
            QuestionId = answer.QuestionId,
            Topic = answer.Topic,
            Difficulty = answer.Difficulty,
            Source = answer.Source,
            Score = answer.Score,
            Rating = answer.Rating,
            AnsweredAt = answer.At,
        });
        StoredCard? row = await context.ReviewCards.FindAsync([answer.LearnerId, answer.QuestionId], CancellationToken.None);
        Card card = ReviewScheduler.Review(row?.Card, answer.Rating, answer.At);
        if (row is null)
        {
            context.Add(row = new StoredCard { LearnerId = answer.LearnerId, QuestionId = answer.QuestionId });
        }

        row.Card = card;
        await context.SaveChangesAsync(CancellationToken.None);
        return card;
    }
}
