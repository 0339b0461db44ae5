using Backprop.Domain.Quotas;

namespace Backprop.Domain.Practice.Quizzes;

/// <summary>The state that an answer depends on.</summary>
/// <param name="Quiz">The number of the quiz in the store.</param>
/// <param name="Learner">The learner whose quiz it is; null if it is anyone's.</param>
/// <param name="Progress">The progress of the quiz.</param>
/// <param name="Item">The item; null if the quiz has none of this number.</param>
/// <param name="Keyed">The item as the answer with the same key left it; null if there is none.</param>
public sealed record AnswerContext(long Quiz, string? Learner, QuizProgress Progress, QuizEntry? Item, QuizEntry? Keyed);

/// <summary>The quizzes. Only its owner can see a learner's quiz; anyone with the id can see the others.</summary>
public interface IQuizStore
{
    /// <summary>Stores a new quiz. If a quota is exceeded, older ones are evicted, finished ones first (<see cref="Eviction"/>).</summary>
    /// <param name="quiz">The quiz.</param>
    /// <param name="client">The network address of the client, which the quota is counted for if there is no learner.</param>
    /// <param name="quota">The quota of learners together, and of all others together.</param>
    /// <param name="cancellationToken">Cancels; nothing is stored then.</param>
    /// <exception cref="Graphs.LimitException">The quiz does not fit, whatever is evicted.</exception>
    /// <exception cref="AccountDeletedException">The account of the learner was deleted in the meantime.</exception>
    Task AddAsync(Quiz quiz, string client, StorageQuota quota, CancellationToken cancellationToken);

    /// <summary>The quiz of this id, or null if there is none that the learner may see.</summary>
    Task<Quiz?> FindAsync(string id, string? learner, CancellationToken cancellationToken);

    /// <summary>The state that an answer depends on, or null if there is no quiz with this id that the learner may see.</summary>
    /// <param name="id">The id of the quiz.</param>
    /// <param name="learner">Who answers; null if anonymous.</param>
    /// <param name="number">The number of the item.</param>
    /// <param name="key">The idempotency key, or null.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<AnswerContext?> FindAsync(string id, string? learner, int number, string? key, CancellationToken cancellationToken);

    /// <summary>
    /// Adds an item to a quiz, which is open again, unless another one was added meanwhile. If a quota is exceeded, older quizzes are evicted.
    /// </summary>
    /// <param name="id">The id of the quiz.</param>
    /// <param name="item">The item, whose number follows those of the quiz.</param>
    /// <param name="quota">The quota of learners together, and of all others together.</param>
    /// <param name="cancellationToken">Cancels; nothing is stored then.</param>
    /// <returns>False if the quiz is gone or has an item of this number.</returns>
    /// <exception cref="Graphs.LimitException">The quiz does not fit, whatever is evicted.</exception>
    Task<bool> TryAddAsync(string id, QuizEntry item, StorageQuota quota, CancellationToken cancellationToken);

    /// <summary>Finishes a quiz at a time, unless it is finished; nothing happens if it is gone.</summary>
    Task FinishAsync(string id, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Deletes a quiz; false if there is none with this id that the learner may see. What its answers recorded is kept.</summary>
    Task<bool> DeleteAsync(string id, string? learner, CancellationToken cancellationToken);
}
