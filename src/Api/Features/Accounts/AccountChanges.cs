using System.Security.Claims;
using Backprop.Api.Platform.Problems;
using Backprop.Client.Learners;
using Backprop.Domain.Practice;
using Backprop.Infrastructure.Persistence.Learners;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.Data;

namespace Backprop.Api.Features.Accounts;

/// <summary>Changes the password of the signed-in learner and the two-factor settings of the account.</summary>
/// <param name="users">The accounts.</param>
/// <param name="codes">Checks codes.</param>
/// <param name="attempts">Throttles guessing.</param>
/// <param name="sessions">The sessions, which end when the credentials they were opened with change.</param>
internal sealed class AccountChanges(UserManager<Learner> users, AuthenticatorCodes codes, SignInAttempts attempts, LearnerSessions sessions)
{
    private const int RecoveryCodes = 10;
    private const string NoOtherAddress = "The e-mail address of an account cannot be changed: this service sends no mail that could confirm " +
        "another one. Leave newEmail out.";
    private const string TwoSteps = "Resetting the key and enabling two-factor sign-in are two requests: the second needs a code of the new key.";

    /// <summary>The account.</summary>
    /// <param name="user">The signed-in user.</param>
    /// <exception cref="AccountDeletedException">The account has been deleted in the meantime.</exception>
    public async Task<Learner> FindAsync(ClaimsPrincipal user) => await users.GetUserAsync(user) ?? throw new AccountDeletedException();

    /// <summary>Changes the password, and ends all sessions.</summary>
    /// <param name="learner">The learner.</param>
    /// <param name="change">The change.</param>
    /// <param name="client">The client's network address.</param>
    /// <param name="cancellationToken">Cancels closing the sessions; their tokens are rejected all the same.</param>
    /// <exception cref="ProblemException">The old password is wrong or the new one is not allowed (422), or the request comes too soon after failures
    /// (429).</exception>
    public async Task ChangePasswordAsync(Learner learner, InfoRequest change, string client, CancellationToken cancellationToken)
    {
        if (change.NewEmail is not null)
        {
            throw new ProblemException(422, "newEmail", NoOtherAddress);
        }

        if (string.IsNullOrEmpty(change.NewPassword))
        {
            return;
        }

        if (string.IsNullOrEmpty(change.OldPassword))
        {
            throw new ProblemException(422, "oldPassword", "oldPassword is required with newPassword.");
        }

        SignInAttempts.Attempt attempt = attempts.Begin(learner.Email!, client, isKnown: true);
        bool isLong = change.OldPassword.Length > PasswordRules.Longest;
        IdentityResult result = await users.ChangePasswordAsync(learner, isLong ? "" : change.OldPassword, change.NewPassword);
        if (result.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.PasswordMismatch)))
        {
            throw new ProblemException(422, "oldPassword", "oldPassword is wrong.");
        }

        attempt.Succeed();
        Demand(result, "newPassword");
        await sessions.CloseAllAsync(learner.Id, cancellationToken);
    }

    /// <summary>Changes the two-factor settings and returns them. Switching it on or off, or resetting the key, ends all sessions.</summary>
    /// <param name="learner">The learner.</param>
    /// <param name="change">The change.</param>
    /// <param name="client">The client's network address.</param>
    /// <exception cref="ProblemException">A code is missing or wrong (422), or the request comes too soon after failures (429).</exception>
    public async Task<TwoFactorState> ChangeTwoFactorAsync(Learner learner, TwoFactorChange change, string client)
    {
        bool isReset = change.ResetSharedKey == true;
        if (change.Enable == true && isReset)
        {
            throw new ProblemException(422, "resetSharedKey", TwoSteps);
        }

        if (change.Enable is not null || isReset || change.ResetRecoveryCodes == true)
        {
            await DemandCodeAsync(learner, change, client);
        }

        if (isReset || (change.Enable is { } enable && enable != learner.TwoFactorEnabled))
        {
            Demand(await users.SetTwoFactorEnabledAsync(learner, change.Enable == true), "enable");
        }

        if (isReset || await users.GetAuthenticatorKeyAsync(learner) is not { Length: > 0 })
        {
            Demand(await users.ResetAuthenticatorKeyAsync(learner), "resetSharedKey");
        }

        bool needsCodes = change.ResetRecoveryCodes == true || (change.Enable == true && await users.CountRecoveryCodesAsync(learner) == 0);
        string[]? recovery = needsCodes ? [.. await users.GenerateNewTwoFactorRecoveryCodesAsync(learner, RecoveryCodes) ?? []] : null;
        return new TwoFactorState
        {
            SharedKey = learner.TwoFactorEnabled ? null : await users.GetAuthenticatorKeyAsync(learner),
            RecoveryCodes = recovery,
            RecoveryCodesLeft = await users.CountRecoveryCodesAsync(learner),
            IsTwoFactorEnabled = learner.TwoFactorEnabled,
        };
    }

    // A token must not be enough to remove the second factor or to replace it.
    private async Task DemandCodeAsync(Learner learner, TwoFactorChange change, string client)
    {
        if (!learner.TwoFactorEnabled && change.Enable != true)
        {
            return;
        }

        string? recoveryCode = learner.TwoFactorEnabled ? change.TwoFactorRecoveryCode : null;
        if (string.IsNullOrEmpty(change.TwoFactorCode) && string.IsNullOrEmpty(recoveryCode))
        {
            throw new ProblemException(422, "twoFactorCode", "twoFactorCode is required: the code that the authenticator app shows.");
        }

        SignInAttempts.Attempt attempt = attempts.Begin(learner.Email!, client, isKnown: true);
        if (!await codes.TakeAsync(learner, change.TwoFactorCode, recoveryCode))
        {
            throw new ProblemException(422, "twoFactorCode", "The code is wrong or was used before; each works once.");
        }

        attempt.Succeed();
    }

    // After the checks above, only a concurrent request can make this fail.
    private static void Demand(IdentityResult result, string path)
    {
        if (result.Succeeded)
        {
            return;
        }

        bool isConflict = result.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.ConcurrencyFailure));
        throw new ProblemException(isConflict ? 409 : 422, path, string.Join(' ', result.Errors.Select(error => error.Description)));
    }
}
