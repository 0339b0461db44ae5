using Backprop.Domain.Practice.Questions;
using Backprop.Infrastructure.Persistence.Questions;
using Backprop.Infrastructure.Practice;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Quizzes;

/// <summary>A question to be drawn from.</summary>
/// <param name="Version">Which version it is.</param>
/// <param name="Question">The question, or the pattern that it is drawn from.</param>
/// <param name="Shown">What seed 0 draws of it; the question itself where it is not drawn.</param>
public sealed record DrawableQuestion(int Version, Question Question, Question Shown);

/// <summary>The questions that quizzes and interviews draw from. Safe to use from many threads and processes at once.</summary>
/// <param name="contexts">Makes database contexts.</param>
public sealed class QuizQuestions(IDbContextFactory<BackpropDbContext> contexts)
{
    /// <summary>
    /// The questions that a filter lets through and a quiz can grade: none that is open, since its answer is given away, and none of
    /// kind interview. Ordered by id, so that two databases with the same questions list them alike.
    /// </summary>
    public Task<List<long>> GradableAsync(QuestionFilter filter, CancellationToken cancellationToken) =>
        ListAsync(filter, questions => questions.Where(question => !question.Open && question.Kind != QuestionFormat.Interview), cancellationToken);

    /// <summary>The interview questions that a filter lets through, ordered by id.</summary>
    public Task<List<long>> InterviewsAsync(QuestionFilter filter, CancellationToken cancellationToken) =>
        ListAsync(filter, questions => questions.Where(question => question.Kind == QuestionFormat.Interview), cancellationToken);

    /// <summary>The questions at these places, in this order.</summary>
    public async Task<DrawableQuestion[]> ReadAsync(IReadOnlyList<long> sequences, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await context.Questions.AsNoTracking()
            .Where(question => sequences.Contains(question.Sequence))
            .Join(
                context.QuestionVersions,
                question => new { Question = question.Sequence, question.Version },
                version => new { version.Question, version.Version },
                (question, version) => new { question.Sequence, version.Version, version.Document, version.Shown })
            .ToDictionaryAsync(row => row.Sequence, cancellationToken);
        return [.. sequences.Select(sequence => found[sequence]).Select(row => Read(row.Version, row.Document, row.Shown))];
    }

    private static DrawableQuestion Read(int version, byte[] document, byte[]? shown)
    {
        Question question = QuestionJson.Read(document);
        return new DrawableQuestion(version, question, shown is null ? question : QuestionJson.Read(shown));
    }

    private async Task<List<long>> ListAsync(QuestionFilter filter, Func<IQueryable<StoredQuestion>, IQueryable<StoredQuestion>> usable,
        CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return await usable(context.Matching(filter)).OrderBy(question => question.Id).Select(question => question.Sequence)
            .ToListAsync(cancellationToken);
    }
}
