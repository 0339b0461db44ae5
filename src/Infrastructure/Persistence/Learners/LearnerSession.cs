namespace Backprop.Infrastructure.Persistence.Learners;

/// <summary>A sign-in that lasts until it is signed out of, expires, or one of its refresh tokens is used twice.</summary>
public sealed class LearnerSession
{
    /// <summary>Names the session in its tokens.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required string LearnerId { get; init; }

    /// <summary>The number of the refresh token that is valid now: each refresh gives the next one.</summary>
    public int RefreshNumber { get; init; }

    /// <summary>When the learner signed in, in UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the refresh token expires, in UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
