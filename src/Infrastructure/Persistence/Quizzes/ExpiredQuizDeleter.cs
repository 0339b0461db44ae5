using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Quizzes;

/// <summary>Deletes old anonymous quizzes and interviews.</summary>
/// <param name="writes">The queue of writes.</param>
public sealed class ExpiredQuizDeleter(GroupCommitQueue writes)
{
    // Between two batches other writes get their turn.
    private const int Part = 200;

    /// <summary>Deletes anonymous ones that began before a time.</summary>
    /// <returns>The number of deleted quizzes and interviews.</returns>
    public async Task<int> DeleteAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        int gone = 0;
        for (int part = Part; part == Part; gone += part)
        {
            part = await writes.RunAsync(context =>
                DeletePartAsync(context.Quizzes.Where(quiz => quiz.LearnerId == null && quiz.CreatedAt < before).OrderBy(quiz => quiz.CreatedAt)),
                cancellationToken);
        }

        for (int part = Part; part == Part; gone += part)
        {
            part = await writes.RunAsync(context =>
                DeletePartAsync(context.Interviews.Where(interview => interview.LearnerId == null && interview.CreatedAt < before)
                .OrderBy(interview => interview.CreatedAt)), cancellationToken);
        }

        return gone;
    }

    // The items of a quiz are deleted with it.
    private static Task<int> DeletePartAsync<T>(IQueryable<T> rows) where T : class => rows.Take(Part).ExecuteDeleteAsync(CancellationToken.None);
}
