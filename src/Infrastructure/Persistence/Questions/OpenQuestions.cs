using Backprop.Domain.Practice.Questions;
using Backprop.Infrastructure.Practice;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Questions;

/// <summary>The number of open questions of a topic and a difficulty.</summary>
/// <param name="Topic">The id of the topic.</param>
/// <param name="Difficulty">The difficulty.</param>
/// <param name="Count">Their number.</param>
public sealed record OpenCount(string Topic, DifficultyLevel Difficulty, long Count);

/// <summary>The questions that may be published with their answers.</summary>
public sealed class OpenQuestions(IDbContextFactory<BackpropDbContext> contexts)
{
    /// <summary>All topics by id, including those without open questions, which may get some later.</summary>
    public async Task<IReadOnlyList<Topic>> TopicsAsync(CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Topics.AsNoTracking().OrderBy(topic => topic.Id).Select(topic => new Topic(topic.Id, topic.Name))
            .ToListAsync(cancellationToken);
    }

    /// <summary>The number of questions of each topic and difficulty.</summary>
    public async Task<IReadOnlyList<OpenCount>> CountAsync(CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Open(context)
            .GroupBy(question => new { question.Topic, question.Difficulty })
            .Select(group => new OpenCount(group.Key.Topic, group.Key.Difficulty, group.LongCount()))
            .ToListAsync(cancellationToken);
    }

    /// <summary>The sequences of the questions that match a topic, kind and difficulty.</summary>
    public async Task<long[]> SequencesAsync(string? topic, QuestionFormat? kind, DifficultyLevel? difficulty, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<StoredQuestion> questions = Open(context);
        if (topic is not null)
        {
            questions = questions.Where(question => question.Topic == topic);
        }

        if (kind is { } asked)
        {
            questions = questions.Where(question => question.Kind == asked);
        }

        if (difficulty is { } level)
        {
            questions = questions.Where(question => question.Difficulty == level);
        }

        return await questions.Select(question => question.Sequence).ToArrayAsync(cancellationToken);
    }

    /// <summary>The questions of these sequences, in order; those retired in the meantime are left out.</summary>
    public async Task<IReadOnlyList<Question>> FindAsync(IReadOnlyList<long> sequences, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        Dictionary<long, byte[]> documents = await Open(context)
            .Where(question => sequences.Contains(question.Sequence))
            .Join(
                context.QuestionVersions,
                question => new { Question = question.Sequence, question.Version },
                version => new { version.Question, version.Version },
                (question, version) => new { question.Sequence, Document = version.Shown ?? version.Document })
            .ToDictionaryAsync(found => found.Sequence, found => found.Document, cancellationToken);
        return [.. sequences.Where(documents.ContainsKey).Select(sequence => QuestionJson.Read(documents[sequence]))];
    }

    private static IQueryable<StoredQuestion> Open(BackpropDbContext context) => context.GivenOut().Where(question => question.Open);
}
