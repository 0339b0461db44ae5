using System.Globalization;
using Backprop.Infrastructure.Persistence.Learners;
using Microsoft.AspNetCore.Identity;
using OtpNet;

namespace Backprop.Api.Features.Accounts;

/// <summary>
/// The codes of authenticator apps (TOTP, RFC 6238) and recovery codes. Each is accepted once, and a time-based one not after a later one.
/// </summary>
/// <param name="users">The accounts.</param>
/// <param name="time">The clock.</param>
internal sealed class AuthenticatorCodes(UserManager<Learner> users, TimeProvider time)
{
    private const string Provider = "Backprop";
    private const string LastStep = "LastTimeStep";
    private const int Digits = 6;

    // One step, for the time that typing takes and for clock skew (RFC 6238, 5.2).
    private static readonly VerificationWindow Window = new(previous: 1, future: 1);

    /// <summary>Accepts a code of the app or a recovery code; false if it is wrong or was used before.</summary>
    /// <param name="learner">The learner.</param>
    /// <param name="code">The code of the app, or null.</param>
    /// <param name="recoveryCode">A recovery code, or null.</param>
    public async Task<bool> TakeAsync(Learner learner, string? code, string? recoveryCode) =>
        !string.IsNullOrEmpty(code) ? await TakeAsync(learner, code)
        : !string.IsNullOrEmpty(recoveryCode) && (await users.RedeemTwoFactorRecoveryCodeAsync(learner, recoveryCode)).Succeeded;

    /// <summary>Accepts a code of the app; false if it is wrong or was used before.</summary>
    /// <param name="learner">The learner.</param>
    /// <param name="code">The code. Apps show it with a space in its middle.</param>
    public async Task<bool> TakeAsync(Learner learner, string code)
    {
        string digits = code.Length <= 2 * Digits ? code.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal) : "";
        if (digits.Length != Digits || await users.GetAuthenticatorKeyAsync(learner) is not { Length: > 0 } key)
        {
            return false;
        }

        var totp = new Totp(Base32Encoding.ToBytes(key));
        if (!totp.VerifyTotp(time.GetUtcNow().UtcDateTime, digits, out long step, Window))
        {
            return false;
        }

        string? last = await users.GetAuthenticationTokenAsync(learner, Provider, LastStep);
        if (last is not null && step <= long.Parse(last, CultureInfo.InvariantCulture))
        {
            return false;
        }

        // If two concurrent requests use one code, the account's concurrency stamp fails the second.
        return (await users.SetAuthenticationTokenAsync(learner, Provider, LastStep, step.ToString(CultureInfo.InvariantCulture))).Succeeded;
    }
}
