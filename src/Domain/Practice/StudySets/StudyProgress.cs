namespace Backprop.Domain.Practice.StudySets;

/// <summary>What a learner has answered to a question.</summary>
/// <param name="Score">The score of the last graded answer, 0 … 1; null if the learner only rated it.</param>
/// <param name="At">When it was last answered or rated.</param>
public sealed record LastAnswer(double? Score, DateTimeOffset At);

/// <summary>An item of a study set, and whether a learner is done with it.</summary>
/// <param name="Item">The item.</param>
/// <param name="DoneAt">When it was done; null until then.</param>
/// <param name="Score">The score of the last graded answer to a question, 0 … 1; null if there is none.</param>
public sealed record StudyStep(StudyItem Item, DateTimeOffset? DoneAt, double? Score);

/// <summary>What a learner has achieved with a study set.</summary>
/// <param name="Answered">How many of its questions have a graded answer.</param>
/// <param name="Correct">How many of them scored fully the last time.</param>
/// <param name="Score">Their mean score, 0 … 1; null if there is none.</param>
/// <param name="ToRepeat">The ids of those that did not score fully the last time, in the order of the set.</param>
public sealed record StudySummary(int Answered, int Correct, double? Score, IReadOnlyList<string> ToRepeat);

/// <summary>A learner's way through a study set. A question is done once it is answered, anything once it is marked as done.</summary>
/// <param name="Set">The set.</param>
/// <param name="Steps">Its items in order.</param>
public sealed record StudyProgress(StudySet Set, IReadOnlyList<StudyStep> Steps)
{
    /// <summary>How many items are done.</summary>
    public int Done => Steps.Count(step => step.DoneAt is not null);

    /// <summary>The first item that is not done; null at the end.</summary>
    public StudyItem? Next => Steps.FirstOrDefault(step => step.DoneAt is null)?.Item;

    /// <summary>What was achieved so far.</summary>
    public StudySummary Summary
    {
        get
        {
            StudyStep[] graded = [.. Steps.Where(step => step.Score is not null)];
            return new StudySummary(
                graded.Length,
                graded.Count(step => step.Score >= 1),
                graded.Length == 0 ? null : graded.Average(step => step.Score),
                [.. graded.Where(step => step.Score < 1).Select(step => step.Item.Id)]);
        }
    }

    /// <summary>The progress by what a learner has marked and answered.</summary>
    /// <param name="set">The set.</param>
    /// <param name="marked">When items were marked as done, by their <see cref="StudyItem.Key"/>.</param>
    /// <param name="answers">The last answers to questions, by their ids.</param>
    public static StudyProgress Of(StudySet set, IReadOnlyDictionary<string, DateTimeOffset> marked,
        IReadOnlyDictionary<string, LastAnswer> answers) => new(set, [.. set.Items.Select(item =>
        {
            LastAnswer? answer = item.IsQuestion ? answers.GetValueOrDefault(item.Id) : null;
            DateTimeOffset? doneAt = marked.TryGetValue(item.Key, out DateTimeOffset at) ? at : answer?.At;
            return new StudyStep(item, doneAt, answer?.Score);
        })]);
}
