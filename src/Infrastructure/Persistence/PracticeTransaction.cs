using Backprop.Domain.Practice;
using Backprop.Domain.Practice.Interviews;
using Backprop.Domain.Practice.Quizzes;
using Backprop.Domain.Practice.Reviews;
using Backprop.Domain.Quotas;
using Backprop.Infrastructure.Persistence.Interviews;
using Backprop.Infrastructure.Persistence.Learners;
using Backprop.Infrastructure.Persistence.Questions;
using Backprop.Infrastructure.Persistence.Quizzes;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence;

/// <summary>What practice reads and writes in an isolated transaction (<see cref="GroupCommitQueue"/>).</summary>
/// <param name="context">The context of the transaction, which is committed by its owner.</param>
internal sealed class PracticeTransaction(BackpropDbContext context) : IPracticeTransaction
{
    public Task<bool> HasLearnerAsync(string learner) => context.HasLearnerAsync(learner);

    public Task<bool> TryAnswerAsync(long quiz, QuizEntry item, string? key) => QuizAnswers.TryAnswerAsync(context, quiz, item, key);

    public Task<AnswerContext?> FindAnswerAsync(string quiz, string? learner, int number) =>
        QuizAnswers.FindAsync(context, quiz, learner, number, key: null, CancellationToken.None);

    public Task SaveMarksAsync(long quiz, QuizEntry item) => QuizAnswers.SaveMarksAsync(context, quiz, item);

    public Task<Interview?> FindInterviewAsync(string id, string? learner) => InterviewStore.FindAsync(context, id, learner);

    public Task SaveAsync(Interview interview, StorageQuota quota) => InterviewStore.SaveAsync(context, interview, quota);

    public async Task<Card?> FindCardAsync(string learner, string question) =>
        (await context.ReviewCards.FindAsync([learner, question], CancellationToken.None))?.Card;

    public async Task SaveAsync(RecordedAnswer answer, Card card)
    {
        context.Add(LearnerAnswer.Of(answer));

        // The card that this one follows was found in this transaction, so it is tracked.
        StoredCard? row = context.ReviewCards.Local
            .SingleOrDefault(row => row.LearnerId == answer.LearnerId && row.QuestionId == answer.QuestionId);
        if (row is null)
        {
            context.Add(row = new StoredCard { LearnerId = answer.LearnerId, QuestionId = answer.QuestionId });
        }

        row.Card = card;
        await context.SaveChangesAsync(CancellationToken.None);
    }

    public Task<bool> HasDailyAnswerAsync(string learner, DateTimeOffset since) => context.LearnerAnswers.AnyAsync(
        answer => answer.LearnerId == learner && answer.Source == AnswerOrigin.Daily && answer.AnsweredAt >= since, CancellationToken.None);

    public Task<string?> FindDailyAsync(DateOnly day) =>
        context.Daily(day).Select(question => question.Id).SingleOrDefaultAsync(CancellationToken.None);

    public async Task SaveDailyAsync(DateOnly day, string question)
    {
        await context.DailyQuestions.Where(daily => daily.Day == day.DayNumber).ExecuteDeleteAsync(CancellationToken.None);
        context.Add(new StoredDailyQuestion { Day = day.DayNumber, QuestionId = question });
        await context.SaveChangesAsync(CancellationToken.None);
    }
}
