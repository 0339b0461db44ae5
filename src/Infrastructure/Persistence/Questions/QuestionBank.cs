using System.Runtime.CompilerServices;
using Backprop.Domain.Practice;
using Backprop.Domain.Practice.Questions;
using Backprop.Infrastructure.Practice;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Questions;

/// <summary>Reads the questions that are not retired. Safe for use by concurrent threads and processes.</summary>
public sealed class QuestionBank(IDbContextFactory<BackpropDbContext> contexts) : IQuestionBank
{
    // As many as suggestions compare.
    private const int MostNames = 2000;

    private volatile KeptNames? names;

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

    /// <inheritdoc/>
    public async Task<BankedQuestion?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return Read(await Rows(context, context.GivenOut().Where(question => question.Id == id)).SingleOrDefaultAsync(cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, BankedQuestion>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        List<Row> rows = await Rows(context, context.GivenOut().Where(question => ids.Contains(question.Id))).ToListAsync(cancellationToken);
        return rows.Select(row => Read(row)!).ToDictionary(banked => banked.Question.Id, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public async Task<QuestionNames> NamesAsync(CancellationToken cancellationToken)
    {
        // Read first: if the bank changes meanwhile, the names are only read once more.
        Guid revision = await RevisionAsync(cancellationToken);
        if (names is { } kept && kept.Revision == revision)
        {
            return kept.Names;
        }

        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        var read = new QuestionNames(
            await context.GivenOut().OrderBy(question => question.Id).Select(question => question.Id).Take(MostNames).ToListAsync(cancellationToken),
            await context.Topics.OrderBy(topic => topic.Id).Select(topic => topic.Id).ToListAsync(cancellationToken),
            await context.QuestionCompanies.Select(row => row.Company).Distinct().OrderBy(name => name).ToListAsync(cancellationToken),
            await TagsAsync(context, cancellationToken));
        names = new KeptNames(revision, read);
        return read;
    }

    /// <inheritdoc/>
    public async Task<BankedQuestion?> FindDailyAsync(DateOnly day, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return Read(await Rows(context, context.Daily(day)).SingleOrDefaultAsync(cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<QuestionCandidate>> ListAsync(QuestionFilter filter, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Matching(filter).OrderBy(question => question.Id)
            .Select(question => new QuestionCandidate(question.Sequence, question.Group)).ToListAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LabelledQuestion>> ListLabelledAsync(QuestionFilter filter, int limit, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Matching(filter).OrderBy(question => question.Id).Take(limit)
            .Select(question => new
            {
                question.Id,
                question.Sequence,
                question.Group,
                question.Difficulty,
                question.Text!.Tags,
                question.Text.Keywords,
            })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => new LabelledQuestion(row.Id, new QuestionCandidate(row.Sequence, row.Group), row.Difficulty,
            [.. Words(row.Tags, ' '), .. Words(row.Keywords, ',')]))];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DrawableQuestion>> ReadAsync(IReadOnlyList<long> numbers, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await context.Questions.AsNoTracking()
            .Where(question => numbers.Contains(question.Sequence))
            .Join(
                context.QuestionVersions,
                question => new { Question = question.Sequence, question.Version },
                version => new { version.Question, version.Version },
                (question, version) => new { question.Sequence, version.Version, version.Document, version.Shown })
            .ToDictionaryAsync(row => row.Sequence, cancellationToken);
        return [.. numbers.Select(number => found[number]).Select(row => Drawable(row.Version, row.Document, row.Shown))];
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

    private static async Task<IReadOnlyList<string>> TagsAsync(BackpropDbContext context, CancellationToken cancellationToken)
    {
        List<string> together = await context.QuestionTexts.Select(text => text.Tags).Distinct().ToListAsync(cancellationToken);
        return [.. together.SelectMany(tags => Words(tags, ' ')).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static string[] Words(string text, char separator) =>
        text.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static IQueryable<Row> Rows(BackpropDbContext context, IQueryable<StoredQuestion> questions) => questions
        .Join(context.Topics, question => question.Topic, topic => topic.Id, (question, topic) =>
            new { question.Sequence, question.Version, question.Origin, Topic = topic.Name })
        .Join(
            context.QuestionVersions,
            question => new { Question = question.Sequence, question.Version },
            version => new { version.Question, version.Version },
            (question, version) => new Row(question.Topic, question.Version, question.Origin, version.Document, version.Shown));

    private static BankedQuestion? Read(Row? row)
    {
        if (row is null)
        {
            return null;
        }

        DrawableQuestion read = Drawable(row.Version, row.Document, row.Shown);
        return new BankedQuestion(row.Version, row.Origin, new Topic(read.Question.Topic, row.Topic), read.Question, read.Shown);
    }

    private static DrawableQuestion Drawable(int version, byte[] document, byte[]? shown)
    {
        Question question = QuestionJson.Read(document);
        return new DrawableQuestion(version, question, shown is null ? question : QuestionJson.Read(shown));
    }

    private sealed record KeptNames(Guid Revision, QuestionNames Names);

    private sealed record Row(string Topic, int Version, QuestionOrigin Origin, byte[] Document, byte[]? Shown);
}
