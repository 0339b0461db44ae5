namespace Backprop.Api.Platform.Limits;

/// <summary>How often one client may come, from configuration section <c>RateLimits</c>.</summary>
public sealed class RateLimits
{
    /// <summary>The configuration section.</summary>
    public const string Section = "RateLimits";

    /// <summary>Quizzes and interviews that one client may draw in a minute; 0 stands for any number.</summary>
    public int QuizzesPerMinute { get; set; } = 60;

    /// <summary>How often one client may register, sign in or change an account in a minute; 0 stands for any number of times.</summary>
    public int SignInsPerMinute { get; set; } = 20;
}
