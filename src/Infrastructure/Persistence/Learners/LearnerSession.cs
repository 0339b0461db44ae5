namespace Backprop.Infrastructure.Persistence.Learners;

/// <summary>A session, which lasts until it is signed out, expires, or one of its refresh tokens is used twice.</summary>
public sealed class LearnerSession
{
    /// <summary>The id of the session in its tokens.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required string LearnerId { get; init; }

    /// <summary>The number of the valid refresh token; each refresh increases it.</summary>
    public int RefreshNumber { get; init; }

    /// <summary>When the learner signed in, in UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the refresh token expires, in UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
