using Backprop.Api.Platform.Limits;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Features.Accounts;

/// <summary>Limits how often one client registers, signs in, or changes an account: passwords are not to be tried out.</summary>
/// <param name="limits">The configured rate.</param>
public sealed class SignInRate(IOptionsMonitor<RateLimits> limits) : ClientRate
{
    /// <summary>The rate limiter's policy.</summary>
    public const string Policy = "sign-in";

    /// <inheritdoc/>
    protected override int PerMinute => limits.CurrentValue.SignInsPerMinute;

    /// <inheritdoc/>
    protected override string Detail =>
        $"One client may register and sign in {PerMinute} times a minute ({RateLimits.Section}:{nameof(RateLimits.SignInsPerMinute)}).";
}
