using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Practice;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Questions;

/// <summary>Changes the bank: all of a set or nothing. Safe for use by concurrent threads and processes.</summary>
/// <param name="contexts">Makes database contexts.</param>
/// <param name="writes">The queue of writes.</param>
/// <param name="draw">Draws templates.</param>
/// <param name="keyFaults">Says what keeps answers from being graded.</param>
/// <param name="time">The clock.</param>
public sealed class QuestionWriter(
    IDbContextFactory<BackpropDbContext> contexts, GroupCommitQueue writes, VariantDrawing draw, KeyFaults keyFaults, TimeProvider time)
{
    /// <summary>Synchronises the bank with the content files: changed questions get a new version, removed ones are retired.</summary>
    /// <param name="content">All files together, with the rules checked.</param>
    /// <param name="hash">Their hash, which <see cref="LoadedContent"/> remembers.</param>
    /// <param name="cancellationToken">Cancels; nothing is changed then.</param>
    public Task<StoreReport> LoadAsync(QuestionSet content, byte[] hash, CancellationToken cancellationToken)
    {
        // Tests run the programs and formulas of the content files; a start must not wait for that.
        PreparedQuestion[] prepared = PreparedQuestion.Of(content.Questions, draw, _ => [], index => $"{content.Questions[index].Id}: ",
            cancellationToken);
        return writes.RunAsync(
            async context =>
            {
                StoreReport report = await Storing(context, QuestionOrigin.File).StoreAsync(content.Topics, prepared, cancellationToken);
                report = report with { Retired = await RetireGoneAsync(context, content, cancellationToken) };
                await LoadedContent.SetAsync(context, hash, cancellationToken);
                return report;
            },
            cancellationToken);
    }

    /// <summary>Adds and replaces questions.</summary>
    /// <param name="set">The questions.</param>
    /// <param name="quota">The maximum number of questions that are not retired.</param>
    /// <param name="cancellationToken">Cancels; nothing is changed then.</param>
    /// <exception cref="QuestionFaultException">A question breaks the rules.</exception>
    /// <exception cref="QuestionConflictException">A question belongs to a content file and differs from it.</exception>
    /// <exception cref="LimitException">There would be more questions than the quota.</exception>
    public async Task<StoreReport> ImportAsync(QuestionSet set, int quota, CancellationToken cancellationToken)
    {
        if (QuestionRules.Check(set, await TopicIdsAsync(cancellationToken)) is { Count: > 0 } faults)
        {
            throw new QuestionFaultException(faults);
        }

        PreparedQuestion[] prepared = PreparedQuestion.Of(set.Questions, draw, keyFaults, index => $"questions[{index}].", cancellationToken);
        return await writes.RunAsync(context => Storing(context, QuestionOrigin.Api, quota, index => $"questions[{index}].id")
            .StoreAsync(set.Topics, prepared, cancellationToken), cancellationToken);
    }

    /// <summary>Adds a question, or replaces the one that has its id.</summary>
    /// <param name="question">The question.</param>
    /// <param name="isNew">Whether its id must be new.</param>
    /// <param name="quota">The maximum number of questions that are not retired.</param>
    /// <param name="cancellationToken">Cancels; nothing is changed then.</param>
    /// <exception cref="QuestionFaultException">It breaks the rules.</exception>
    /// <exception cref="QuestionConflictException">It exists and must be new, or it belongs to a content file.</exception>
    /// <exception cref="LimitException">There would be more questions than the quota.</exception>
    public async Task<StoreReport> StoreAsync(Question question, bool isNew, int quota, CancellationToken cancellationToken)
    {
        if (QuestionRules.Check(question, await TopicIdsAsync(cancellationToken)) is { Count: > 0 } faults)
        {
            throw new QuestionFaultException(faults);
        }

        PreparedQuestion[] prepared = PreparedQuestion.Of([question], draw, keyFaults, _ => "", cancellationToken);
        return await writes.RunAsync(context => (Storing(context, QuestionOrigin.Api, quota) with { OnlyNew = isNew })
            .StoreAsync([], prepared, cancellationToken), cancellationToken);
    }

    /// <summary>Retires a question; false if none has this id.</summary>
    /// <exception cref="QuestionConflictException">It belongs to a content file.</exception>
    public Task<bool> RetireAsync(string id, CancellationToken cancellationToken) => writes.RunAsync(
        async context =>
        {
            StoredQuestion? question = await context.Questions.SingleOrDefaultAsync(row => row.Id == id && row.RetiredAt == null, cancellationToken);
            if (question is null)
            {
                return false;
            }

            if (question.Origin == QuestionOrigin.File)
            {
                throw new QuestionConflictException("", $"The question '{id}' belongs to a content file and can only be removed there.");
            }

            await RetireAsync(context, [question.Sequence], cancellationToken);
            return true;
        },
        cancellationToken);

    private QuestionSaver Storing(BackpropDbContext context, QuestionOrigin origin, int quota = int.MaxValue, Func<int, string>? path = null) =>
        new(context, origin, quota, path ?? (_ => "id"), time.GetUtcNow());

    private async Task<HashSet<string>> TopicIdsAsync(CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return [.. await context.Topics.Select(topic => topic.Id).ToListAsync(cancellationToken)];
    }

    private async Task<int> RetireGoneAsync(BackpropDbContext context, QuestionSet content, CancellationToken cancellationToken)
    {
        HashSet<string> kept = [.. content.Questions.Select(question => question.Id)];
        var held = await context.GivenOut()
            .Where(question => question.Origin == QuestionOrigin.File)
            .Select(question => new { question.Id, question.Sequence })
            .ToListAsync(cancellationToken);
        long[] gone = [.. held.Where(question => !kept.Contains(question.Id)).Select(question => question.Sequence)];
        await RetireAsync(context, gone, cancellationToken);
        return gone.Length;
    }

    private async Task RetireAsync(BackpropDbContext context, long[] sequences, CancellationToken cancellationToken)
    {
        if (sequences.Length == 0)
        {
            return;
        }

        DateTimeOffset now = time.GetUtcNow();
        await context.Questions.Where(row => sequences.Contains(row.Sequence))
            .ExecuteUpdateAsync(update => update.SetProperty(row => row.RetiredAt, now), cancellationToken);
        await context.QuestionCompanies.Where(row => sequences.Contains(row.Question)).ExecuteDeleteAsync(cancellationToken);
        await context.QuestionTexts.Where(row => sequences.Contains(row.Question)).ExecuteDeleteAsync(cancellationToken);
        await QuestionSaver.ReviseAsync(context, cancellationToken);
    }
}
