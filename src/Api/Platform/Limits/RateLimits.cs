namespace Backprop.Api.Platform.Limits;

/// <summary>Rate limits per client, from configuration section <c>RateLimits</c>.</summary>
internal sealed class RateLimits
{
    /// <summary>The configuration section.</summary>
    public const string Section = "RateLimits";

    /// <summary>Quizzes and interviews that one client may create per minute; 0 means no limit.</summary>
    public int QuizzesPerMinute { get; set; } = 60;

    /// <summary>How often per minute one client may register, sign in or change an account; 0 means no limit.</summary>
    public int SignInsPerMinute { get; set; } = 20;
}
