namespace Backprop.Domain.Practice.StudySets;

/// <summary>What learners have done of study sets.</summary>
public interface IStudyStore
{
    /// <summary>When items of a study set were marked as done, by their <see cref="StudyItem.Key"/>.</summary>
    Task<IReadOnlyDictionary<string, DateTimeOffset>> MarkedAsync(string learner, string set, CancellationToken cancellationToken);

    /// <summary>The last answers of a learner to questions, by their ids; those without any are left out.</summary>
    Task<IReadOnlyDictionary<string, LastAnswer>> AnsweredAsync(string learner, IReadOnlyCollection<string> questions,
        CancellationToken cancellationToken);

    /// <summary>Marks an item as done at a time, unless it is.</summary>
    /// <exception cref="AccountDeletedException">The account was deleted in the meantime.</exception>
    Task MarkAsync(string learner, string set, string key, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Removes such a mark; nothing happens if there is none.</summary>
    Task UnmarkAsync(string learner, string set, string key, CancellationToken cancellationToken);
}

/// <summary>The way of learners through study sets.</summary>
/// <param name="sets">The study sets.</param>
/// <param name="store">Stores what is done.</param>
/// <param name="time">The clock.</param>
public sealed class StudyService(StudySetCatalogue sets, IStudyStore store, TimeProvider time)
{
    /// <summary>A learner's progress through all study sets.</summary>
    public async Task<IReadOnlyList<StudyProgress>> ListAsync(string learner, CancellationToken cancellationToken)
    {
        var all = new List<StudyProgress>();
        foreach (StudySet set in sets.All)
        {
            all.Add(await ReadAsync(learner, set, cancellationToken));
        }

        return all;
    }

    /// <summary>A learner's progress through a study set.</summary>
    /// <exception cref="PracticeException">There is no such set.</exception>
    public Task<StudyProgress> FindAsync(string learner, string set, CancellationToken cancellationToken) =>
        ReadAsync(learner, sets.Require(set), cancellationToken);

    /// <summary>The progress after an item is marked as done, or no longer.</summary>
    /// <param name="learner">The learner.</param>
    /// <param name="set">The id of the set.</param>
    /// <param name="number">The number of the item.</param>
    /// <param name="isDone">Whether it is done.</param>
    /// <param name="cancellationToken">Cancels; nothing is stored then.</param>
    /// <exception cref="PracticeException">There is no such set or item.</exception>
    public async Task<StudyProgress> MarkAsync(string learner, string set, int number, bool isDone, CancellationToken cancellationToken)
    {
        StudySet found = sets.Require(set);
        StudyItem item = found.Items.FirstOrDefault(item => item.Number == number)
            ?? throw PracticeException.NotFound($"The study set '{set}' has no item {number}; its items count from 1 to {found.Items.Count}.");
        Task change = isDone
            ? store.MarkAsync(learner, found.Id, item.Key, time.GetUtcNow(), cancellationToken)
            : store.UnmarkAsync(learner, found.Id, item.Key, cancellationToken);
        await change;
        return await ReadAsync(learner, found, cancellationToken);
    }

    private async Task<StudyProgress> ReadAsync(string learner, StudySet set, CancellationToken cancellationToken) => StudyProgress.Of(set,
        await store.MarkedAsync(learner, set.Id, cancellationToken), await store.AnsweredAsync(learner, set.QuestionIds, cancellationToken));
}
