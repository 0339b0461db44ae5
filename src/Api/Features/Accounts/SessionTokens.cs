using System.Globalization;
using System.Security.Claims;
using Backprop.Api.Platform.Errors;
using Backprop.Infrastructure.Persistence.Learners;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Features.Accounts;

/// <summary>
/// The tokens of a session: Identity's bearer tokens, which also name the session and the number of its refresh token. A refresh token works
/// once. If it comes a second time, somebody else may have it, and the session is closed (RFC 9700, 4.14.2).
/// </summary>
/// <param name="signIn">Makes and checks what tokens say of an account.</param>
/// <param name="sessions">The sessions.</param>
/// <param name="options">How tokens are protected, and how long they last.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Hears of refresh tokens that come twice.</param>
public sealed class SessionTokens(
    SignInManager<Learner> signIn,
    LearnerSessions sessions,
    IOptionsMonitor<BearerTokenOptions> options,
    TimeProvider time,
    ILogger<SessionTokens> logger)
{
    private const string Session = "session";
    private const string Number = "refresh";
    private const string NotValid = "The refresh token is not valid, or no longer: sign in again.";
    private const string UsedBefore = "The refresh token was used before, so the session is closed: sign in again.";

    private BearerTokenOptions Bearer => options.Get(IdentityConstants.BearerScheme);

    /// <summary>Opens a session and gives its first tokens.</summary>
    /// <param name="learner">Who signed in.</param>
    /// <param name="cancellation">Gives up; no session is opened then.</param>
    public async Task<SignInHttpResult> OpenAsync(Learner learner, CancellationToken cancellation)
    {
        DateTimeOffset now = time.GetUtcNow();
        var session = new LearnerSession
        {
            Id = Guid.NewGuid().ToString("N"),
            LearnerId = learner.Id,
            StartedAt = now,
            ExpiresAt = now + Bearer.RefreshTokenExpiration,
        };
        await sessions.OpenAsync(session, cancellation);
        return await GiveAsync(learner, session.Id, 0);
    }

    /// <summary>Takes a refresh token and gives the next tokens of its session.</summary>
    /// <param name="refreshToken">The token.</param>
    /// <param name="cancellation">Gives up; the token stays valid then.</param>
    /// <exception cref="ProblemException">The token is not valid, or was used before (401).</exception>
    public async Task<SignInHttpResult> RefreshAsync(string refreshToken, CancellationToken cancellation)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (Bearer.RefreshTokenProtector.Unprotect(refreshToken) is not { Properties.ExpiresUtc: { } expiresAt } ticket
            || now >= expiresAt
            || await signIn.ValidateSecurityStampAsync(ticket.Principal) is not { } learner
            || SessionOf(ticket.Principal) is not { } session
            || !int.TryParse(ticket.Principal.FindFirstValue(Number), CultureInfo.InvariantCulture, out int number))
            throw new ProblemException(LearnerTokens.Refusal(NotValid));
        SessionRenewal renewal = await sessions.RenewAsync(session, number, now + Bearer.RefreshTokenExpiration, cancellation);
        if (renewal == SessionRenewal.Reused)
            logger.LogWarning("A refresh token of learner {Learner} was used twice; the session is closed", learner.Id);
        return renewal == SessionRenewal.Renewed
            ? await GiveAsync(learner, session, number + 1)
            : throw new ProblemException(LearnerTokens.Refusal(renewal == SessionRenewal.Reused ? UsedBefore : NotValid));
    }

    /// <summary>Whether what a token says still holds: the account as it was, and the session open.</summary>
    /// <param name="principal">What the token says.</param>
    /// <param name="cancellation">The client has gone away.</param>
    public async Task<bool> AreValidAsync(ClaimsPrincipal principal, CancellationToken cancellation) =>
        SessionOf(principal) is { } session
        && await signIn.ValidateSecurityStampAsync(principal) is { } learner
        && await sessions.IsOpenAsync(session, learner.Id, cancellation);

    /// <summary>Closes the session of who is signed in: its tokens are no longer taken.</summary>
    /// <param name="user">Who.</param>
    /// <param name="cancellation">Gives up; the session stays open then.</param>
    public Task CloseAsync(ClaimsPrincipal user, CancellationToken cancellation) => sessions.CloseAsync(SessionOf(user)!, cancellation);

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
