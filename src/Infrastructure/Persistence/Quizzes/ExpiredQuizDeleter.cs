using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Quizzes;

/// <summary>Takes away what nobody will come back to: old quizzes and interviews that belong to no learner.</summary>
/// <param name="writes">Where writes queue.</param>
public sealed class ExpiredQuizDeleter(GroupCommitQueue writes)
{
    // Between two parts others get their turn.
    private const int Part = 200;

    /// <summary>Deletes what began before a time and belongs to no learner.</summary>
    /// <returns>How many quizzes and interviews went.</returns>
    public async Task<int> DeleteAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        int gone = 0;
        for (int part = Part; part == Part; gone += part)
            part = await writes.RunAsync(context =>
                DeletePartAsync(context.Quizzes.Where(quiz => quiz.LearnerId == null && quiz.CreatedAt < before).OrderBy(quiz => quiz.CreatedAt)),
                cancellationToken);
        for (int part = Part; part == Part; gone += part)
            part = await writes.RunAsync(context =>
                DeletePartAsync(context.Interviews.Where(interview => interview.LearnerId == null && interview.CreatedAt < before)
                .OrderBy(interview => interview.CreatedAt)), cancellationToken);
        return gone;
    }

    // The items of a quiz go with it.
    private static Task<int> DeletePartAsync<T>(IQueryable<T> rows) where T : class => rows.Take(Part).ExecuteDeleteAsync(CancellationToken.None);
}
