using System.Text.Encodings.Web;
using Backprop.Api.Platform.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Features.Accounts;

/// <summary>
/// Identity's bearer tokens, checked against the current account and session: once the account is deleted, its password has changed or the session is
/// closed, a token is rejected even if it has not expired.
/// </summary>
/// <param name="options">The options of the scheme; none are needed.</param>
/// <param name="logger">Makes loggers.</param>
/// <param name="encoder">Not used.</param>
/// <param name="tokens">Knows the accounts and the sessions.</param>
internal sealed class LearnerTokens(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, SessionTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The scheme.</summary>
    public new const string Scheme = "learner";

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        AuthenticateResult token = await Context.AuthenticateAsync(IdentityConstants.BearerScheme);
        return token.Succeeded && !await tokens.AreValidAsync(token.Principal, Context.RequestAborted)
            ? AuthenticateResult.Fail("The account was deleted, its password has changed, or the session is closed.")
            : token;
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        string detail = Request.Headers.Authorization.Count == 0
            ? "This route requires a learner's access token: Authorization: Bearer … (see POST /account/login)."
            : "The access token is invalid or has expired: sign in again, or refresh it.";
        return ProblemWriter.WriteAsync(Context, Problem.Unauthorized(detail));
    }
}
