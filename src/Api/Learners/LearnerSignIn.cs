using Backprop.Infrastructure.Persistence.Learners;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Learners;

/// <summary>
/// Signs learners in. An unknown address, a wrong password and a locked account are answered alike and take the same time, so that
/// nobody learns from the answers which addresses have accounts.
/// </summary>
/// <param name="users">The accounts.</param>
/// <param name="context">The request.</param>
/// <param name="claims">Makes the claims of a learner.</param>
/// <param name="options">How accounts are guarded.</param>
/// <param name="logger">Hears of lock-outs.</param>
/// <param name="schemes">The schemes.</param>
/// <param name="confirmation">Whether an account may sign in.</param>
public sealed class LearnerSignIn(
    UserManager<Learner> users,
    IHttpContextAccessor context,
    IUserClaimsPrincipalFactory<Learner> claims,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<Learner>> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<Learner> confirmation) : SignInManager<Learner>(users, context, claims, options, logger, schemes, confirmation)
{
    private static readonly Learner Nobody = new();
    private static readonly string HashOfNobody = new PasswordHasher<Learner>().HashPassword(Nobody, Guid.NewGuid().ToString());

    /// <inheritdoc/>
    public override async Task<SignInResult> PasswordSignInAsync(string userName, string password, bool isPersistent, bool lockoutOnFailure)
    {
        bool isShort = password.Length <= PasswordRules.Longest;
        if (isShort && await UserManager.FindByNameAsync(userName) is { } learner && !await UserManager.IsLockedOutAsync(learner))
            return await PasswordSignInAsync(learner, password, isPersistent, lockoutOnFailure);
        UserManager.PasswordHasher.VerifyHashedPassword(Nobody, HashOfNobody, isShort ? password : "");
        return SignInResult.Failed;
    }
}
