using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Quizzes;

/// <summary>Further reading after a finished quiz.</summary>
/// <param name="Topics">The topics with items that did not score fully, the weakest first.</param>
/// <param name="Citations">The sources of those items, each once, in the order of the quiz.</param>
public sealed record QuizReview(IReadOnlyList<TopicScore> Topics, IReadOnlyList<Citation> Citations)
{
    /// <summary>The review of a quiz.</summary>
    public static QuizReview Of(Quiz quiz)
    {
        IEnumerable<TopicScore> topics = quiz.Items
            .GroupBy(item => item.Variant.Topic)
            .Select(items => new TopicScore(items.Key, items.Average(item => item.Score),
                [.. items.Where(item => !item.IsCorrect).Select(item => item.Number)]))
            .Where(topic => topic.Items.Count > 0)
            .OrderBy(topic => topic.Score)
            .ThenBy(topic => topic.Topic, StringComparer.Ordinal);
        IEnumerable<Citation> citations = quiz.Items.Where(item => !item.IsCorrect).SelectMany(item => item.Variant.Citations).Distinct();
        return new QuizReview([.. topics], [.. citations]);
    }
}

/// <summary>A topic in which the score is not full.</summary>
/// <param name="Topic">The id of the topic.</param>
/// <param name="Score">The mean score of its items, 0 … 1.</param>
/// <param name="Items">The numbers of its items that did not score fully.</param>
public sealed record TopicScore(string Topic, double Score, IReadOnlyList<int> Items);
