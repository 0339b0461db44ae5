namespace Backprop.Infrastructure.Persistence.Questions;

/// <summary>The orders of a list; ties are in order of creation, or the reverse in the two descending orders.</summary>
public enum QuestionOrder
{
    /// <summary>From the oldest.</summary>
    Oldest,

    /// <summary>From the newest.</summary>
    Newest,

    /// <summary>From the easiest.</summary>
    Easiest,

    /// <summary>From the hardest.</summary>
    Hardest,

    /// <summary>From the best match for the searched words; only with words.</summary>
    Relevance,
}
