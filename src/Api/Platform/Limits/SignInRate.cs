using Microsoft.Extensions.Options;

namespace Backprop.Api.Platform.Limits;

/// <summary>Limits how often one client registers, signs in or changes an account, so that passwords cannot be guessed.</summary>
/// <param name="limits">The configured rate.</param>
internal sealed class SignInRate(IOptionsMonitor<RateLimits> limits) : ClientRate
{
    /// <summary>The rate limiter's policy.</summary>
    public const string Policy = "sign-in";

    /// <inheritdoc/>
    protected override int PerMinute => limits.CurrentValue.SignInsPerMinute;

    /// <inheritdoc/>
    protected override string Detail =>
        $"One client may register and sign in at most {PerMinute} times per minute ({RateLimits.Section}:{nameof(RateLimits.SignInsPerMinute)}).";
}
