using Backprop.Api.Features.Questions;
using Backprop.Api.Features.Quizzes;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.Problems;
using Backprop.Client.Practice;
using Backprop.Domain.Practice.Interviews;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Quizzes;
using Backprop.Infrastructure.Persistence.Interviews;
using Backprop.Infrastructure.Persistence.Questions;
using Backprop.Infrastructure.Persistence.Quizzes;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Features.Interviews;

/// <summary>Runs interview practice: hints one at a time, then the model answer, then marks.</summary>
/// <param name="bank">Finds a question by id.</param>
/// <param name="questions">The questions to draw from.</param>
/// <param name="store">Stores interviews.</param>
/// <param name="limits">How many interviews are kept.</param>
/// <param name="time">The clock.</param>
internal sealed class InterviewService(QuestionBank bank, QuizQuestions questions, InterviewStore store, IOptions<BackpropLimits> limits,
    TimeProvider time)
{
    /// <summary>Starts an interview.</summary>
    /// <param name="request">The validated request.</param>
    /// <param name="learner">The owner; null if anyone with the id may use it.</param>
    /// <param name="client">The network address of the client, which the quota is counted for if there is no learner.</param>
    /// <param name="cancellationToken">Cancels; nothing is stored then.</param>
    /// <exception cref="ProblemException">No such question (422).</exception>
    public async Task<Interview> StartAsync(InterviewRequest request, string? learner, string client, CancellationToken cancellationToken)
    {
        long? seed = request.QuestionId is null ? request.Seed ?? QuizService.NewSeed() : null;
        (int version, Question question) = seed is { } drawn
            ? await DrawnAsync(request.Filters, drawn, cancellationToken)
            : await NamedAsync(request.QuestionId!, cancellationToken);
        var interview = new Interview(QuizService.NewId(), seed, time.GetUtcNow(), version, question);
        await store.AddAsync(interview, learner, client, limits.Value.InterviewQuota(), cancellationToken);
        return interview;
    }

    /// <summary>The interview of this id.</summary>
    /// <exception cref="ProblemException">None that the learner may see (404).</exception>
    public async Task<Interview> FindAsync(string id, string? learner, CancellationToken cancellationToken) =>
        await store.FindAsync(id, learner, cancellationToken) ?? throw NotFound(id);

    /// <summary>Deletes the interview of this id.</summary>
    /// <exception cref="ProblemException">None that the learner may see (404).</exception>
    public async Task DeleteAsync(string id, string? learner, CancellationToken cancellationToken)
    {
        if (!await store.DeleteAsync(id, learner, cancellationToken))
        {
            throw NotFound(id);
        }
    }

    /// <summary>The interview with its next hint revealed.</summary>
    /// <exception cref="ProblemException">None that the learner may see (404), or no hint is left (409).</exception>
    public Task<Interview> HintAsync(string id, string? learner, CancellationToken cancellationToken) => ChangeAsync(
        id,
        learner,
        interview => interview.HasHint
            ? interview with { HintsTaken = interview.HintsTaken + 1 }
            : throw new ProblemException(new Problem(409, interview.IsRevealed ? "The model answer is revealed; no further hints are given."
                : "All hints are revealed.")),
        cancellationToken);

    /// <summary>The interview with its model answer revealed.</summary>
    /// <exception cref="ProblemException">None that the learner may see (404).</exception>
    public Task<Interview> RevealAsync(string id, string? learner, CancellationToken cancellationToken) =>
        ChangeAsync(id, learner, interview => interview with { IsRevealed = true }, cancellationToken);

    /// <summary>The interview with new marks in place of earlier ones.</summary>
    /// <exception cref="ProblemException">None that the learner may see (404), the rubric is not revealed yet (409) or has no such fact
    /// (422).</exception>
    public Task<Interview> MarkAsync(string id, string? learner, IReadOnlyList<string> named, CancellationToken cancellationToken) => ChangeAsync(
        id,
        learner,
        interview => interview.State == InterviewStatus.Asked
            ? throw new ProblemException(new Problem(409, "The rubric is not revealed yet; POST /interviews/{id}/answer reveals it."))
            : interview with { MentionedFacts = Facts(interview, named) },
        cancellationToken);

    private async Task<(int Version, Question Question)> DrawnAsync(QuestionFilterContract? filters, long seed, CancellationToken cancellationToken)
    {
        List<long> candidates = await questions.InterviewsAsync(QuestionFilters.Read(filters), cancellationToken);
        if (candidates.Count == 0)
        {
            throw new ProblemException(422, "filters", "No interview question matches these filters.");
        }

        DrawableQuestion question = (await questions.ReadAsync(QuizSampler.Choose(candidates, 1, seed), cancellationToken))[0];
        return (question.Version, question.Question);
    }

    private async Task<(int Version, Question Question)> NamedAsync(string id, CancellationToken cancellationToken) =>
        await bank.FindAsync(id, cancellationToken) is { Question.Interview: not null } found
            ? (found.Version, found.Question)
            : throw new ProblemException(422, "questionId", $"No interview question '{id}'.");

    private static HashSet<string> Facts(Interview interview, IReadOnlyList<string> named)
    {
        var facts = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < named.Count; i++)
        {
            if (!interview.Key.Rubric.Any(fact => fact.Id == named[i]))
            {
                throw new ProblemException(422, $"named[{i}]", $"The rubric has no fact '{Short(named[i])}'; the answer's rubric lists their ids.");
            }

            if (!facts.Add(named[i]))
            {
                throw new ProblemException(422, $"named[{i}]", $"The fact '{named[i]}' is named twice.");
            }
        }

        return facts;
    }

    private static string Short(string text) => text.Length <= 100 ? text : text[..100] + "…";

    private async Task<Interview> ChangeAsync(string id, string? learner, Func<Interview, Interview> change, CancellationToken cancellationToken) =>
        await store.ChangeAsync(id, learner, change, cancellationToken) ?? throw NotFound(id);

    private static ProblemException NotFound(string id) => ProblemException.NotFound($"No interview '{id}'.");
}
