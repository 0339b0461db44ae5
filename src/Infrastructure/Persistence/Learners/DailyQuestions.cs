using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Sampling;
using Backprop.Infrastructure.Persistence.Questions;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Learners;

/// <summary>
/// The question of each day. It is drawn on first use and then stored, so that it stays the same all day even if the bank changes; databases with the
/// same questions draw the same one.
/// </summary>
/// <param name="contexts">Makes database contexts.</param>
/// <param name="writes">The queue of writes.</param>
public sealed class DailyQuestions(IDbContextFactory<BackpropDbContext> contexts, GroupCommitQueue writes)
{
    /// <summary>The id of the question of a day, or null if there is no question to draw.</summary>
    public async Task<string?> OfAsync(DateOnly day, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await KeptAsync(context, day.DayNumber, cancellationToken) is { } kept)
        {
            return kept;
        }

        try
        {
            return await writes.RunAsync(writing => KeepAsync(writing, day.DayNumber), cancellationToken);
        }
        catch (Exception exception) when (DatabaseFaults.IsUnwritable(exception) || DatabaseFaults.IsBusy(exception))
        {
            // Not stored, but the same as long as the questions are.
            return await DrawAsync(context, day.DayNumber, cancellationToken);
        }
    }

    /// <summary>Records a learner's answer to the question of a day, if it is the first one.</summary>
    /// <returns>False if the learner had answered it.</returns>
    /// <exception cref="AccountDeletedException">The account was deleted in the meantime.</exception>
    public Task<bool> RecordAsync(RecordedAnswer answer, DateOnly day, CancellationToken cancellationToken)
    {
        var begin = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
        return writes.RunAsync(
            async context =>
            {
                if (await context.LearnerAnswers.AnyAsync(
                        before => before.LearnerId == answer.LearnerId && before.Source == AnswerOrigin.Daily && before.AnsweredAt >= begin,
                            CancellationToken.None))
                {
                    return false;
                }

                await AnswerRecorder.AddAsync(context, answer);
                return true;
            },
            cancellationToken);
    }

    // A question retired during its day is replaced by another one.
    private static Task<string?> KeptAsync(BackpropDbContext context, int day, CancellationToken cancellationToken)
    {
        IQueryable<string> usable = Usable(context).Select(question => question.Id);
        return context.DailyQuestions
            .Where(daily => daily.Day == day && usable.Contains(daily.QuestionId))
            .Select(daily => daily.QuestionId)
            .SingleOrDefaultAsync(cancellationToken);
    }

    private static async Task<string?> DrawAsync(BackpropDbContext context, int day, CancellationToken cancellationToken)
    {
        int count = await Usable(context).CountAsync(cancellationToken);
        return count == 0 ? null : await Usable(context)
            .OrderBy(question => question.Id)
            .Skip(DailyDraw.Place(day, count))
            .Select(question => question.Id)
            .FirstOrDefaultAsync(cancellationToken);
    }

    private static async Task<string?> KeepAsync(BackpropDbContext context, int day)
    {
        if (await KeptAsync(context, day, CancellationToken.None) is { } kept)
        {
            return kept;
        }

        if (await DrawAsync(context, day, CancellationToken.None) is not { } drawn)
        {
            return null;
        }

        await context.DailyQuestions.Where(daily => daily.Day == day).ExecuteDeleteAsync(CancellationToken.None);
        context.Add(new StoredDailyQuestion { Day = day, QuestionId = drawn });
        await context.SaveChangesAsync(CancellationToken.None);
        return drawn;
    }

    private static IQueryable<StoredQuestion> Usable(BackpropDbContext context) =>
        context.GivenOut().Where(question => !question.Open && question.Kind != QuestionFormat.Interview);
}
