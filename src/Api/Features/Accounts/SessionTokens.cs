using System.Globalization;
using System.Security.Claims;
using Backprop.Api.Platform.Problems;
using Backprop.Infrastructure.Persistence.Learners;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Features.Accounts;

/// <summary>
/// The tokens of a session: Identity's bearer tokens, which also carry the session and the number of its refresh token. A refresh token works once.
/// If it is used again, it may have been stolen, and the session is closed (RFC 9700, 4.14.2).
/// </summary>
/// <param name="signIn">Creates and validates the principals of accounts.</param>
/// <param name="sessions">The sessions.</param>
/// <param name="options">How tokens are protected, and how long they last.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Logs refresh tokens that are used twice.</param>
internal sealed class SessionTokens(
    SignInManager<Learner> signIn,
    LearnerSessions sessions,
    IOptionsMonitor<BearerTokenOptions> options,
    TimeProvider time,
    ILogger<SessionTokens> logger)
{
    private const string Session = "session";
    private const string Number = "refresh";
    private const string NotValid = "The refresh token is invalid or has expired: sign in again.";
    private const string UsedBefore = "The refresh token was used before, so its session was closed: sign in again.";

    private BearerTokenOptions Bearer => options.Get(IdentityConstants.BearerScheme);

    /// <summary>Opens a session and returns its first tokens.</summary>
    /// <param name="learner">The learner who signed in.</param>
    /// <param name="cancellationToken">Cancels; no session is opened then.</param>
    public async Task<SignInHttpResult> OpenAsync(Learner learner, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        var session = new LearnerSession
        {
            Id = Guid.NewGuid().ToString("N"),
            LearnerId = learner.Id,
            StartedAt = now,
            ExpiresAt = now + Bearer.RefreshTokenExpiration,
        };
        await sessions.OpenAsync(session, cancellationToken);
        return await GiveAsync(learner, session.Id, 0);
    }

    /// <summary>Exchanges a refresh token for the next tokens of its session.</summary>
    /// <param name="refreshToken">The token.</param>
    /// <param name="cancellationToken">Cancels; the token stays valid then.</param>
    /// <exception cref="ProblemException">The token is invalid or was used before (401).</exception>
    public async Task<SignInHttpResult> RefreshAsync(string refreshToken, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (Bearer.RefreshTokenProtector.Unprotect(refreshToken) is not { Properties.ExpiresUtc: { } expiresAt } ticket
            || now >= expiresAt
            || await signIn.ValidateSecurityStampAsync(ticket.Principal) is not { } learner
            || SessionOf(ticket.Principal) is not { } session
            || !int.TryParse(ticket.Principal.FindFirstValue(Number), CultureInfo.InvariantCulture, out int number))
        {
            throw new ProblemException(Problem.Unauthorized(NotValid));
        }

        SessionRenewal renewal = await sessions.RenewAsync(session, number, now + Bearer.RefreshTokenExpiration, cancellationToken);
        if (renewal == SessionRenewal.Reused)
        {
            logger.LogWarning("A refresh token of learner {Learner} was used twice; its session was closed", learner.Id);
        }

        return renewal == SessionRenewal.Renewed
            ? await GiveAsync(learner, session, number + 1)
            : throw new ProblemException(Problem.Unauthorized(renewal == SessionRenewal.Reused ? UsedBefore : NotValid));
    }

    /// <summary>Whether a token is still valid: the account unchanged and the session open.</summary>
    /// <param name="principal">The principal of the token.</param>
    /// <param name="cancellationToken">Fires when the client has disconnected.</param>
    public async Task<bool> AreValidAsync(ClaimsPrincipal principal, CancellationToken cancellationToken) =>
        SessionOf(principal) is { } session
        && await signIn.ValidateSecurityStampAsync(principal) is { } learner
        && await sessions.IsOpenAsync(session, learner.Id, cancellationToken);

    /// <summary>Closes the session of the signed-in user and revokes its tokens.</summary>
    /// <param name="user">The user.</param>
    /// <param name="cancellationToken">Cancels; the session stays open then.</param>
    public Task CloseAsync(ClaimsPrincipal user, CancellationToken cancellationToken) => sessions.CloseAsync(SessionOf(user)!, cancellationToken);

    private static string? SessionOf(ClaimsPrincipal principal) => principal.FindFirstValue(Session);

    private async Task<SignInHttpResult> GiveAsync(Learner learner, string session, int number)
    {
        ClaimsPrincipal principal = await signIn.CreateUserPrincipalAsync(learner);
        var identity = (ClaimsIdentity)principal.Identity!;
        identity.AddClaim(new Claim(Session, session));
        identity.AddClaim(new Claim(Number, number.ToString(CultureInfo.InvariantCulture)));
        return TypedResults.SignIn(principal, authenticationScheme: IdentityConstants.BearerScheme);
    }
}
