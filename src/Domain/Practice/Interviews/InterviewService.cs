using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Quizzes;
using Backprop.Domain.Practice.Reviews;
using Backprop.Domain.Quotas;
using Backprop.Domain.Sampling;

namespace Backprop.Domain.Practice.Interviews;

/// <summary>Runs interview practice: hints one at a time, then the model answer, then marks.</summary>
/// <param name="bank">The questions.</param>
/// <param name="store">Stores interviews.</param>
/// <param name="transactions">Stores changes.</param>
/// <param name="quota">How many interviews are kept.</param>
/// <param name="time">The clock.</param>
public sealed class InterviewService(IQuestionBank bank, IInterviewStore store, IPracticeTransactions transactions, StorageQuota quota,
    TimeProvider time)
{
    /// <summary>Starts an interview with a question drawn from those that match a filter.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="seed">The seed; null for a random one.</param>
    /// <param name="learner">The owner; null if anyone with the id may use it.</param>
    /// <param name="client">The network address of the client, which the quota is counted for if there is no learner.</param>
    /// <param name="cancellationToken">Cancels; nothing is stored then.</param>
    /// <exception cref="PracticeException">No interview question matches.</exception>
    public async Task<Interview> DrawAsync(QuestionFilter filter, long? seed, string? learner, string client, CancellationToken cancellationToken)
    {
        long drawn = seed ?? RandomNames.Seed();
        IReadOnlyList<QuestionCandidate> candidates = await bank.ListAsync(
            await bank.CheckedAsync(filter with { Kinds = [QuestionFormat.Interview] }, cancellationToken), cancellationToken);
        if (candidates.Count == 0)
        {
            throw new PracticeException(PracticeError.NoMatch, "No interview question matches these filters.");
        }

        IReadOnlyList<DrawableQuestion> chosen = await bank.ReadAsync([QuizSampler.Choose(candidates, 1, drawn)[0].Number], cancellationToken);
        return await StartAsync(chosen[0], drawn, learner, client, cancellationToken);
    }

    /// <summary>Starts an interview with a question named by its id.</summary>
    /// <param name="question">The id of the question.</param>
    /// <param name="learner">The owner; null if anyone with the id may use it.</param>
    /// <param name="client">The network address of the client, which the quota is counted for if there is no learner.</param>
    /// <param name="cancellationToken">Cancels; nothing is stored then.</param>
    /// <exception cref="PracticeException">There is no such interview question.</exception>
    public async Task<Interview> AskAsync(string question, string? learner, string client, CancellationToken cancellationToken)
    {
        BankedQuestion? found = await bank.FindAsync(question, cancellationToken);
        if (found?.Question.Interview is not null)
        {
            return await StartAsync(found, seed: null, learner, client, cancellationToken);
        }

        throw new PracticeException(PracticeError.UnknownInterviewQuestion, found is null
            ? (await bank.NamesAsync(cancellationToken)).Unknown(question)
            : $"The question '{question}' is not of kind interview; a quiz asks it.");
    }

    /// <summary>The interview of this id.</summary>
    /// <exception cref="PracticeException">There is none that the learner may see.</exception>
    public async Task<Interview> FindAsync(string id, string? learner, CancellationToken cancellationToken) =>
        await store.FindAsync(id, learner, cancellationToken) ?? throw NotFound(id);

    /// <summary>A page of the interviews of a learner, the newest first.</summary>
    /// <param name="learner">The learner.</param>
    /// <param name="question">Only those with this question; null for all.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cursor">Where the page begins; null for the first page.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<InterviewListing> ListAsync(string learner, string? question, int limit, string? cursor, CancellationToken cancellationToken) =>
        store.ListAsync(learner, question, limit, cursor, cancellationToken);

    /// <summary>Deletes the interview of this id.</summary>
    /// <exception cref="PracticeException">There is none that the learner may see.</exception>
    public async Task DeleteAsync(string id, string? learner, CancellationToken cancellationToken)
    {
        if (!await store.DeleteAsync(id, learner, cancellationToken))
        {
            throw NotFound(id);
        }
    }

    /// <summary>The interview with its next hint revealed.</summary>
    /// <exception cref="PracticeException">There is no such interview that the learner may see, or no hint is left.</exception>
    public Task<Interview> HintAsync(string id, string? learner, CancellationToken cancellationToken) =>
        ChangeAsync(id, learner, interview => interview.TakeHint(), cancellationToken);

    /// <summary>The interview with its model answer revealed and the learner's own answer kept.</summary>
    /// <param name="id">The id of the interview.</param>
    /// <param name="learner">Who answers; null if anonymous.</param>
    /// <param name="answer">The answer in the learner's own words; null for none.</param>
    /// <param name="cancellationToken">Cancels; nothing is stored then.</param>
    /// <exception cref="PracticeException">There is no such interview that the learner may see, or its model answer was revealed after another
    /// answer.</exception>
    /// <exception cref="Graphs.LimitException">The answer does not fit, whatever is evicted.</exception>
    public Task<Interview> RevealAsync(string id, string? learner, string? answer, CancellationToken cancellationToken) =>
        ChangeAsync(id, learner, interview => interview.Reveal(answer, time.GetUtcNow()), cancellationToken);

    /// <summary>The interview with new marks in place of earlier ones. The first marks of a learner count as a review of the question.</summary>
    /// <exception cref="PracticeException">There is no such interview that the learner may see, or the marks do not fit its rubric.</exception>
    /// <exception cref="AccountDeletedException">The account of the owner was deleted in the meantime.</exception>
    public Task<Interview> MarkAsync(string id, string? learner, IReadOnlyList<string> facts, CancellationToken cancellationToken) =>
        ChangeAsync(id, learner, interview => interview.Mark(facts, time.GetUtcNow()), cancellationToken);

    private async Task<Interview> StartAsync(DrawableQuestion question, long? seed, string? learner, string client,
        CancellationToken cancellationToken)
    {
        var interview = new Interview(RandomNames.Id(), seed, time.GetUtcNow(), question.Version, question.Question) { Learner = learner };
        await store.AddAsync(interview, client, quota, cancellationToken);
        return interview;
    }

    private Task<Interview> ChangeAsync(string id, string? learner, Func<Interview, Interview> change, CancellationToken cancellationToken) =>
        transactions.RunAsync(
            async transaction =>
            {
                Interview before = await transaction.FindInterviewAsync(id, learner) ?? throw NotFound(id);
                Interview after = change(before);
                await transaction.SaveAsync(after, quota);
                if (before.Score is null && after is { Learner: { } owner, Score: { } score, MarkedAt: { } at })
                {
                    await RecordedAnswer.Graded(owner, after.Question, AnswerOrigin.Interview, score.Score, at).AddToAsync(transaction);
                }

                return after;
            },
            cancellationToken);

    private static PracticeException NotFound(string id) => PracticeException.NotFound($"No interview '{id}'.");
}
