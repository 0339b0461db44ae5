namespace Backprop.Domain.Practice.Questions;

/// <summary>
/// A filter of questions. The values of one member are alternatives, and the members combine; null or empty ones match all. Retired questions never
/// match.
/// </summary>
public sealed record QuestionFilter
{
    /// <summary>Companies that ask it; case is ignored.</summary>
    public IReadOnlyList<string> Companies { get; init; } = [];

    /// <summary>Whether all the companies must ask it, not just one of them.</summary>
    public bool AllCompanies { get; init; }

    /// <summary>Its difficulty.</summary>
    public IReadOnlyList<DifficultyLevel> Difficulties { get; init; } = [];

    /// <summary>The id of its topic.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>Its kind.</summary>
    public IReadOnlyList<QuestionFormat> Kinds { get; init; } = [];

    /// <summary>A label that it has.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Its id.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Words that title, prompt and labels must all contain, in any form and order.</summary>
    public string? Text { get; init; }

    /// <summary>The learner who must not have answered or reviewed it yet; null if it does not matter.</summary>
    public string? UnseenBy { get; init; }

    /// <summary>The learner whose last graded answer to it must not have scored fully; null if it does not matter.</summary>
    public string? AnsweredWrongBy { get; init; }

    /// <summary>Whether its answer must not be public: none that is open.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Whether the service must be able to grade it: none of kind interview.</summary>
    public bool IsGradable { get; init; }

    /// <summary>Whether it matches every question that is not retired.</summary>
    public bool MatchesAll => this is
    {
        Companies.Count: 0, Difficulties.Count: 0, Topics.Count: 0, Kinds.Count: 0, Tags.Count: 0, Ids.Count: 0,
        Text: null, UnseenBy: null, AnsweredWrongBy: null, IsClosed: false, IsGradable: false,
    };

    /// <summary>Whether it asks for interview questions: only they name companies, and an id or the kind may name them.</summary>
    public bool AsksForInterviews => Companies.Count > 0 || Ids.Count > 0 || Kinds.Contains(QuestionFormat.Interview);
}
