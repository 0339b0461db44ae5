using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice;

/// <summary>The questions that are not retired.</summary>
public interface IQuestionBank
{
    /// <summary>The current version of a question, or null.</summary>
    Task<BankedQuestion?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>The current versions of questions by id, read at once; ids of others are left out.</summary>
    Task<IReadOnlyDictionary<string, BankedQuestion>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>
    /// The numbers of the questions that match a filter, ordered by the ids of the questions, so that two databases with the same questions list them
    /// alike.
    /// </summary>
    Task<IReadOnlyList<long>> ListAsync(QuestionFilter filter, CancellationToken cancellationToken);

    /// <summary>The questions of these numbers, in this order.</summary>
    Task<IReadOnlyList<DrawableQuestion>> ReadAsync(IReadOnlyList<long> numbers, CancellationToken cancellationToken);

    /// <summary>The names that requests may use.</summary>
    Task<QuestionNames> NamesAsync(CancellationToken cancellationToken);

    /// <summary>The question that was kept for a day, or null if there is none that can still be asked.</summary>
    Task<BankedQuestion?> FindDailyAsync(DateOnly day, CancellationToken cancellationToken);
}
