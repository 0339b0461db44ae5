using Backprop.Api.Platform.Problems;
using Backprop.Infrastructure.Persistence.Learners;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.Data;

namespace Backprop.Api.Features.Accounts;

/// <summary>
/// Checks the credentials of learners. An unknown address and a wrong password get the same answer after the same time, so that no one can find out
/// which addresses have accounts.
/// </summary>
/// <param name="users">The accounts.</param>
/// <param name="codes">Checks codes.</param>
/// <param name="attempts">Throttles guessing.</param>
/// <param name="known">Knows from where learners signed in.</param>
internal sealed class LearnerSignIn(UserManager<Learner> users, AuthenticatorCodes codes, SignInAttempts attempts, KnownAddresses known)
{
    private const string WrongCredentials = "The e-mail address or the password is wrong.";
    private const string NoCode = "The account requires twoFactorCode, the code of its authenticator app, or twoFactorRecoveryCode.";
    private const string WrongCode = "The code is wrong or was used before; each works once. The app shows a new one every 30 seconds.";

    // Checked for an account that does not exist; its password is unknown.
    private static readonly string HashOfNobody = new PasswordHasher<Learner>().HashPassword(new Learner(), Guid.NewGuid().ToString());

    /// <summary>The learner with these credentials.</summary>
    /// <param name="credentials">The credentials.</param>
    /// <param name="client">The client's network address.</param>
    /// <exception cref="ProblemException">They are wrong (401), or come too soon after failures (429).</exception>
    public async Task<Learner> SignInAsync(LoginRequest credentials, string client)
    {
        bool isLong = credentials.Email.Length > EmailAddresses.Longest || credentials.Password.Length > PasswordRules.Longest;
        string email = isLong ? "" : credentials.Email;
        Learner? found = await users.FindByNameAsync(email);
        Learner learner = found ?? new Learner { PasswordHash = HashOfNobody };
        SignInAttempts.Attempt attempt = attempts.Begin(email, client, (await known.OfAsync(learner)).Contains(client));
        if (!await users.CheckPasswordAsync(learner, isLong ? "" : credentials.Password) || found is null)
        {
            throw new ProblemException(Problem.Unauthorized(WrongCredentials));
        }

        if (learner.TwoFactorEnabled)
        {
            await DemandCodeAsync(learner, credentials, attempt);
        }

        attempt.Succeed();
        await known.AddAsync(learner, client);
        return learner;
    }

    private async Task DemandCodeAsync(Learner learner, LoginRequest credentials, SignInAttempts.Attempt attempt)
    {
        if (string.IsNullOrEmpty(credentials.TwoFactorCode) && string.IsNullOrEmpty(credentials.TwoFactorRecoveryCode))
        {
            // Clients send only the password first, and ask for a code then.
            attempt.TakeBack();
            throw new ProblemException(Problem.Unauthorized(NoCode));
        }

        if (!await codes.TakeAsync(learner, credentials.TwoFactorCode, credentials.TwoFactorRecoveryCode))
        {
            throw new ProblemException(Problem.Unauthorized(WrongCode));
        }
    }
}
