using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice;

/// <summary>A question that may be drawn.</summary>
/// <param name="Number">Its number in the bank.</param>
/// <param name="Group">The group of questions that are not asked together (<see cref="Question.Group"/>); null if it is in none.</param>
public readonly record struct QuestionCandidate(long Number, string? Group);

/// <summary>A question that may be drawn, with what it is about.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Candidate">Its number and its group.</param>
/// <param name="Difficulty">Its difficulty.</param>
/// <param name="Labels">Its labels and keywords.</param>
public sealed record LabelledQuestion(string Id, QuestionCandidate Candidate, DifficultyLevel Difficulty, IReadOnlyList<string> Labels);

/// <summary>The questions that are not retired.</summary>
public interface IQuestionBank
{
    /// <summary>The current version of a question, or null.</summary>
    Task<BankedQuestion?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>The current versions of questions by id, read at once; ids of others are left out.</summary>
    Task<IReadOnlyDictionary<string, BankedQuestion>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>
    /// The questions that match a filter, ordered by their ids, so that two databases with the same questions list them alike.
    /// </summary>
    Task<IReadOnlyList<QuestionCandidate>> ListAsync(QuestionFilter filter, CancellationToken cancellationToken);

    /// <summary>The first questions that match a filter, by their ids, with their labels and keywords; at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<LabelledQuestion>> ListLabelledAsync(QuestionFilter filter, int limit, CancellationToken cancellationToken);

    /// <summary>The questions of these numbers, in this order.</summary>
    Task<IReadOnlyList<DrawableQuestion>> ReadAsync(IReadOnlyList<long> numbers, CancellationToken cancellationToken);

    /// <summary>The names that requests may use.</summary>
    Task<QuestionNames> NamesAsync(CancellationToken cancellationToken);

    /// <summary>The question that was kept for a day, or null if there is none that can still be asked.</summary>
    Task<BankedQuestion?> FindDailyAsync(DateOnly day, CancellationToken cancellationToken);
}
