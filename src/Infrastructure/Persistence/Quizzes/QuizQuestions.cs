using Backprop.Domain.Practice.Questions;
using Backprop.Infrastructure.Persistence.Questions;
using Backprop.Infrastructure.Practice;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Quizzes;

/// <summary>A candidate for drawing.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Question">The question, or the template that it is drawn from.</param>
/// <param name="Shown">The draw of seed 0; the question itself if it is not drawn.</param>
public sealed record DrawableQuestion(int Version, Question Question, Question Shown);

/// <summary>The questions that quizzes and interviews draw from. Safe for use by concurrent threads and processes.</summary>
/// <param name="contexts">Makes database contexts.</param>
public sealed class QuizQuestions(IDbContextFactory<BackpropDbContext> contexts)
{
    /// <summary>
    /// The questions that match a filter and can be graded by a quiz: none that is open, since its answer is public, and none of kind interview.
    /// Ordered by id, so that two databases with the same questions list them alike.
    /// </summary>
    public Task<List<long>> GradableAsync(QuestionFilter filter, CancellationToken cancellationToken) =>
        ListAsync(filter, questions => questions.Where(question => !question.Open && question.Kind != QuestionFormat.Interview), cancellationToken);

    /// <summary>The interview questions that match a filter, ordered by id.</summary>
    public Task<List<long>> InterviewsAsync(QuestionFilter filter, CancellationToken cancellationToken) =>
        ListAsync(filter, questions => questions.Where(question => question.Kind == QuestionFormat.Interview), cancellationToken);

    /// <summary>The questions of these sequences, in this order.</summary>
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
