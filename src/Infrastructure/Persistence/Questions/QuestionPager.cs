using Backprop.Domain.Practice.Questions;

namespace Backprop.Infrastructure.Persistence.Questions;

/// <summary>A question with its sort value.</summary>
internal sealed class RankedQuestion
{
    public required StoredQuestion Question { get; init; }

    public required double Rank { get; init; }
}

/// <summary>
/// Orders and positions in them. A position in an order by two values is expressed by the first value and then by both: the first condition is one
/// that an index can seek to.
/// </summary>
internal static class QuestionPager
{
    /// <summary>The questions in this order, after a cursor.</summary>
    public static IQueryable<RankedQuestion> Paged(this IQueryable<RankedQuestion> questions, QuestionOrder order, QuestionCursor? cursor)
    {
        if (cursor is { } place)
        {
            questions = questions.Behind(place);
        }

        return order switch
        {
            QuestionOrder.Oldest => questions.OrderBy(row => row.Question.Sequence),
            QuestionOrder.Newest => questions.OrderByDescending(row => row.Question.Sequence),
            QuestionOrder.Easiest => questions.OrderBy(row => row.Question.Difficulty).ThenBy(row => row.Question.Sequence),
            QuestionOrder.Hardest => questions.OrderByDescending(row => row.Question.Difficulty).ThenByDescending(row => row.Question.Sequence),
            _ => questions.OrderBy(row => row.Rank).ThenBy(row => row.Question.Sequence),
        };
    }

    private static IQueryable<RankedQuestion> Behind(this IQueryable<RankedQuestion> questions, QuestionCursor place)
    {
        (long sequence, double rank, var difficulty) = (place.Sequence, place.Value, (DifficultyLevel)place.Value);
        return place.Order switch
        {
            QuestionOrder.Oldest => questions.Where(row => row.Question.Sequence > sequence),
            QuestionOrder.Newest => questions.Where(row => row.Question.Sequence < sequence),
            QuestionOrder.Easiest => questions
                .Where(row => row.Question.Difficulty >= difficulty && (row.Question.Difficulty > difficulty || row.Question.Sequence > sequence)),
            QuestionOrder.Hardest => questions
                .Where(row => row.Question.Difficulty <= difficulty && (row.Question.Difficulty < difficulty || row.Question.Sequence < sequence)),
            _ => questions.Where(row => row.Rank > rank || (row.Rank == rank && row.Question.Sequence > sequence)),
        };
    }
}
