namespace Backprop.Domain.Practice.Reviews;

/// <summary>How well a question was remembered; the numbers are the grades g of FSRS.</summary>
public enum RecallRating
{
    /// <summary>Not at all.</summary>
    Again = 1,

    /// <summary>With difficulty.</summary>
    Hard,

    /// <summary>After some thought.</summary>
    Good,

    /// <summary>At once.</summary>
    Easy,
}

/// <summary>Ratings of graded answers.</summary>
public static class ReviewRatings
{
    private const double Half = 0.5;

    /// <summary>
    /// The rating of a score: a full one is good (easy would claim instant recall, which a score does not show), at least half of it hard, less
    /// again.
    /// </summary>
    /// <param name="score">0 … 1.</param>
    public static RecallRating Of(double score) => score >= 1 ? RecallRating.Good : score >= Half ? RecallRating.Hard : RecallRating.Again;
}
