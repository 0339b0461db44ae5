using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Practice;
using Backprop.Domain.Practice.Questions;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Questions;

/// <summary>The outcome of storing a set of questions.</summary>
/// <param name="Added">The number of new or restored questions.</param>
/// <param name="Changed">The number of questions with a new version.</param>
/// <param name="Unchanged">The number of unchanged questions.</param>
/// <param name="Retired">The number of retired questions.</param>
public sealed record StoreReport(int Added, int Changed, int Unchanged, int Retired = 0);

/// <summary>A question conflicts with the stored ones; nothing was changed.</summary>
/// <param name="path">The JSON path.</param>
/// <param name="message">Why.</param>
public sealed class QuestionConflictException(string path, string message) : Exception(message)
{
    /// <summary>The JSON path.</summary>
    public string Path { get; } = path;
}

/// <summary>Stores questions within a transaction.</summary>
/// <param name="Context">The transaction's context.</param>
/// <param name="Origin">The origin of the questions.</param>
/// <param name="Quota">The maximum number of questions that are not retired.</param>
/// <param name="Path">The path of the id of a question by its index.</param>
/// <param name="Now">The time.</param>
internal sealed record QuestionSaver(BackpropDbContext Context, QuestionOrigin Origin, int Quota, Func<int, string> Path, DateTimeOffset Now)
{
    private const int Chunk = 500;

    /// <summary>Whether each question must be new.</summary>
    public bool OnlyNew { get; init; }

    /// <summary>Stores topics and questions.</summary>
    public async Task<StoreReport> StoreAsync(IReadOnlyList<Topic> topics, PreparedQuestion[] questions, CancellationToken cancellationToken)
    {
        bool revised = await StoreTopicsAsync(topics, cancellationToken);
        var report = new StoreReport(0, 0, 0);
        using var inserts = new QuestionInserts(Context);
        for (int from = 0; from < questions.Length; from += Chunk)
        {
            int first = from;
            report = await StoreAsync(questions.AsMemory(from, Math.Min(Chunk, questions.Length - from)), index => Path(first + index), inserts,
                report, cancellationToken);
            Context.ChangeTracker.Clear();
        }

        if (report.Added > 0 && await Context.GivenOut().CountAsync(cancellationToken) is var count && count > Quota)
        {
            throw new LimitException("Limits:Questions", Quota, $"{count} questions");
        }

        if (revised || report is not { Added: 0, Changed: 0 })
        {
            await ReviseAsync(Context, cancellationToken);
        }

        return report;
    }

    /// <summary>Changes the revision of the bank.</summary>
    public static Task ReviseAsync(BackpropDbContext context, CancellationToken cancellationToken) =>
        context.QuestionBank.ExecuteUpdateAsync(update => update.SetProperty(state => state.Revision, Guid.NewGuid()), cancellationToken);

    private async Task<bool> StoreTopicsAsync(IReadOnlyList<Topic> topics, CancellationToken cancellationToken)
    {
        Dictionary<string, StoredTopic> held = await Context.Topics.ToDictionaryAsync(topic => topic.Id, cancellationToken);
        foreach (Topic topic in topics)
        {
            if (held.TryGetValue(topic.Id, out StoredTopic? stored))
            {
                stored.Name = topic.Name;
            }
            else
            {
                Context.Add(new StoredTopic { Id = topic.Id, Name = topic.Name });
            }
        }

        return await Context.SaveChangesAsync(cancellationToken) > 0;
    }

    private async Task<StoreReport> StoreAsync(
        ReadOnlyMemory<PreparedQuestion> questions, Func<int, string> path, QuestionInserts inserts, StoreReport report,
            CancellationToken cancellationToken)
    {
        string[] ids = [.. questions.ToArray().Select(question => question.Question.Id)];
        Dictionary<string, StoredQuestion> held = await Context.Questions
            .Include(row => row.Text).Include(row => row.Companies).AsSplitQuery()
            .Where(row => ids.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, cancellationToken);
        Dictionary<long, byte[]> hashes = held.Count == 0 ? [] : await Context.Questions
            .Where(row => ids.Contains(row.Id))
            .Join(Context.QuestionVersions, row => new { Question = row.Sequence, row.Version }, version => new { version.Question, version.Version },
                (row, version) => version)
            .ToDictionaryAsync(version => version.Question, version => version.Hash, cancellationToken);
        for (int index = 0; index < questions.Length; index++)
        {
            PreparedQuestion question = questions.Span[index];
            StoredQuestion? row = held.GetValueOrDefault(question.Question.Id);
            bool isHeld = row is { RetiredAt: null };
            bool isSame = isHeld && question.Hash.AsSpan().SequenceEqual(hashes[row!.Sequence]);
            Demand(isHeld, isSame, row, path(index), question.Question.Id);
            if (row is null)
            {
                inserts.Insert(question, Origin, Now);
            }
            else if (!isSame)
            {
                Update(row, question);
            }
            else if (Origin == QuestionOrigin.File)
            {
                row.Origin = Origin;
            }

            report = isSame ? report with { Unchanged = report.Unchanged + 1 }
                : isHeld ? report with { Changed = report.Changed + 1 }
                : report with { Added = report.Added + 1 };
        }

        await Context.SaveChangesAsync(cancellationToken);
        return report;
    }

    private void Demand(bool isHeld, bool isSame, StoredQuestion? row, string path, string id)
    {
        if (isHeld && OnlyNew)
        {
            throw new QuestionConflictException(path, $"The question '{id}' already exists.");
        }

        if (isHeld && !isSame && Origin == QuestionOrigin.Api && row!.Origin == QuestionOrigin.File)
        {
            throw new QuestionConflictException(path, $"The question '{id}' belongs to a content file and can only be changed there.");
        }
    }

    private void Update(StoredQuestion row, PreparedQuestion prepared)
    {
        (Question question, Question shown) = (prepared.Question, prepared.Shown);
        row.Version++;
        (row.Topic, row.Kind, row.Difficulty) = (question.Topic, question.Kind, question.Difficulty);
        (row.Group, row.Hints, row.Drawn, row.Open) = (question.Group, question.Hints.Count, question.Template is not null, question.Open);
        (row.Origin, row.RetiredAt) = (Origin, null);
        (string tags, string keywords) = (string.Join(' ', question.Tags), string.Join(", ", question.Keywords));
        if (row.Text is { } text)
        {
            (text.Title, text.Prompt, text.Tags, text.Keywords) = (shown.Title, shown.Prompt, tags, keywords);
        }
        else
        {
            row.Text = new StoredText { Title = shown.Title, Prompt = shown.Prompt, Tags = tags, Keywords = keywords };
        }

        HashSet<string> companies = new(question.Companies.Select(company => company.Name), StringComparer.Ordinal);
        row.Companies.RemoveAll(company => !companies.Remove(company.Company));
        row.Companies.AddRange(companies.Select(company => new StoredCompany { Company = company }));
        row.Versions.Add(new StoredVersion
        {
            Version = row.Version,
            Document = prepared.Document,
            Shown = prepared.ShownDocument,
            Hash = prepared.Hash,
            CreatedAt = Now,
        });
    }
}
