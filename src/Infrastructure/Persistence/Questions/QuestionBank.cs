using System.Runtime.CompilerServices;
using Backprop.Domain.Practice.Questions;
using Backprop.Infrastructure.Practice;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Questions;

/// <summary>Reads the questions that are not retired. Safe for use by concurrent threads and processes.</summary>
public sealed class QuestionBank(IDbContextFactory<BackpropDbContext> contexts)
{
    /// <summary>A revision that changes with every change of the bank.</summary>
    public async Task<Guid> RevisionAsync(CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.QuestionBank.Select(state => state.Revision).SingleAsync(cancellationToken);
    }

    /// <summary>The questions that match a filter, at most <paramref name="limit"/> of them, from a cursor on.</summary>
    /// <exception cref="QuestionFaultException">The cursor does not belong to a list in this order.</exception>
    public async Task<ListedQuestions> ListAsync(QuestionFilter filter, QuestionOrder order, int limit, string? cursor,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        QuestionCursor? place = cursor is null ? null : QuestionCursor.Read(cursor, order);
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return await QuestionListQuery.PageAsync(context, filter, order, limit, place, cancellationToken);
    }

    /// <summary>The number of questions of each company, difficulty, topic and kind, each counted under the other filters.</summary>
    public async Task<QuestionCounts> CountAsync(QuestionFilter filter, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return await FacetCounter.CountAsync(context, filter, cancellationToken);
    }

    /// <summary>The current version of a question that is not retired, or null.</summary>
    public async Task<BankedQuestion?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await context.GivenOut()
            .Where(question => question.Id == id)
            .Join(context.Topics, question => question.Topic, topic => topic.Id, (question, topic) =>
                new { question.Sequence, question.Version, question.Origin, Topic = topic.Name })
            .Join(
                context.QuestionVersions,
                question => new { Question = question.Sequence, question.Version },
                version => new { version.Question, version.Version },
                (question, version) => new { question.Topic, question.Version, question.Origin, version.Document, version.Shown })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return null;
        }

        Question whole = QuestionJson.Read(found.Document);
        Question shown = found.Shown is null ? whole : QuestionJson.Read(found.Shown);
        return new BankedQuestion(found.Version, found.Origin, new Topic(whole.Topic, found.Topic), whole, shown);
    }

    /// <summary>The topics that questions belong to, by id.</summary>
    public async Task<IReadOnlyList<Topic>> TopicsAsync(CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<string> used = context.GivenOut().Select(question => question.Topic);
        return await context.Topics.AsNoTracking()
            .Where(topic => used.Contains(topic.Id))
            .OrderBy(topic => topic.Id)
            .Select(topic => new Topic(topic.Id, topic.Name))
            .ToListAsync(cancellationToken);
    }

    /// <summary>All questions that are not retired, by id, streamed: they need not fit into memory together.</summary>
    public async IAsyncEnumerable<Question> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<byte[]> documents = context.GivenOut()
            .OrderBy(question => question.Id)
            .Join(
                context.QuestionVersions,
                question => new { Question = question.Sequence, question.Version },
                version => new { version.Question, version.Version },
                (question, version) => version.Document);
        await foreach (byte[] document in documents.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return QuestionJson.Read(document);
        }
    }

    /// <summary>All questions that are not retired, drawn ones with seed 0; by topic and id, streamed.</summary>
    public async IAsyncEnumerable<Question> ShownAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<byte[]> documents = context.GivenOut()
            .OrderBy(question => question.Topic).ThenBy(question => question.Id)
            .Join(
                context.QuestionVersions,
                question => new { Question = question.Sequence, question.Version },
                version => new { version.Question, version.Version },
                (question, version) => version.Shown ?? version.Document);
        await foreach (byte[] document in documents.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return QuestionJson.Read(document);
        }
    }
}
