using Backprop.Domain.Practice.Interviews;
using Backprop.Domain.Practice.Quizzes;
using Backprop.Domain.Practice.Reviews;
using Backprop.Domain.Quotas;

namespace Backprop.Domain.Practice;

/// <summary>Runs what must be stored together or not at all.</summary>
public interface IPracticeTransactions
{
    /// <summary>
    /// Runs work in a transaction of its own: nobody else writes meanwhile, and when this returns, its changes survive a killed process. If the work
    /// throws, nothing is changed.
    /// </summary>
    /// <param name="work">The work; it must be short, since others wait.</param>
    /// <param name="cancellationToken">Cancels waiting for the turn. Work that has begun is finished.</param>
    Task<T> RunAsync<T>(Func<IPracticeTransaction, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>Whether an exception of a transaction means that nothing can be stored at present, whatever it is.</summary>
    bool IsUnavailable(Exception exception);
}

/// <summary>What practice reads and writes within a transaction.</summary>
public interface IPracticeTransaction
{
    /// <summary>Whether the account of a learner exists.</summary>
    Task<bool> HasLearnerAsync(string learner);

    /// <summary>Stores an answer to an item of a quiz, unless another try came first or its quiz has an answer with the same key.</summary>
    /// <param name="quiz">The <see cref="AnswerContext.Quiz"/>.</param>
    /// <param name="item">The item with the answer and those before it.</param>
    /// <param name="key">The idempotency key, or null.</param>
    /// <returns>Whether it was stored.</returns>
    Task<bool> TryAnswerAsync(long quiz, QuizEntry item, string? key);

    /// <summary>The state that the marks of an item depend on, or null if there is no such quiz that the learner may see.</summary>
    /// <param name="quiz">The id of the quiz.</param>
    /// <param name="learner">Who marks; null if anonymous.</param>
    /// <param name="number">The number of the item.</param>
    Task<AnswerContext?> FindAnswerAsync(string quiz, string? learner, int number);

    /// <summary>Stores the marks of an item that was found in this transaction.</summary>
    /// <param name="quiz">The <see cref="AnswerContext.Quiz"/>.</param>
    /// <param name="item">The item with the marks.</param>
    Task SaveMarksAsync(long quiz, QuizEntry item);

    /// <summary>The interview of this id, or null if there is none that the learner may see.</summary>
    Task<Interview?> FindInterviewAsync(string id, string? learner);

    /// <summary>
    /// Stores the new state of an interview that was found in this transaction. If it exceeds a quota with its answer, older ones are evicted.
    /// </summary>
    /// <exception cref="Graphs.LimitException">The answer does not fit, whatever is evicted.</exception>
    Task SaveAsync(Interview interview, StorageQuota quota);

    /// <summary>The card of a question, or null if the learner has not answered it yet.</summary>
    Task<Card?> FindCardAsync(string learner, string question);

    /// <summary>Stores an answer and the card that it leads to.</summary>
    Task SaveAsync(RecordedAnswer answer, Card card);

    /// <summary>Whether a learner has answered a daily question since a time.</summary>
    Task<bool> HasDailyAnswerAsync(string learner, DateTimeOffset since);

    /// <summary>The id of the question that was kept for a day, or null if there is none that can still be asked.</summary>
    Task<string?> FindDailyAsync(DateOnly day);

    /// <summary>Keeps a question for a day, in place of one that can no longer be asked.</summary>
    Task SaveDailyAsync(DateOnly day, string question);
}
