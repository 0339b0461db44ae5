using System.Security.Claims;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Security;
using Backprop.Client.Learners;
using Backprop.Infrastructure.Persistence.Learners;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity.Data;

namespace Backprop.Api.Features.Accounts;

/// <summary>
/// Accounts under <c>/account</c>: the routes and bodies of ASP.NET Core Identity's endpoints that work without mail, and signing out.
/// </summary>
internal static class AccountEndpoints
{
    private const string Example = "As registered";

    /// <summary>Maps the routes.</summary>
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/account").WithTags("Learners").WithBodySize(BodySize.Short).AddEndpointFilter(NeverStoredAsync);
        MapSignIn(group.MapGroup("").RequireRateLimiting(SignInRate.Policy));
        MapSignedIn(group.MapGroup("").RequireLearner());
    }

    private static void MapSignIn(RouteGroupBuilder group)
    {
        group.MapPost("/register", RegisterAsync).WithName("Register")
            .WithSummary("Register an account")
            .WithDescription(
                "A password has 8 to 256 characters of any kind. Common passwords, sequences, and passwords made of the address or the name of the " +
                "service are rejected (422). If the address already has an account, nothing changes and the answer is the same, so that no one can " +
                "find out which addresses have accounts: sign in next to see whether the account is yours.")
            .WithExample(Example, LearnerExamples.Credentials);
        group.MapPost("/login", SignInAsync).WithName("SignIn")
            .WithSummary("Sign in")
            .WithDescription(
                "Returns an access token for the header `Authorization: Bearer …` and a refresh token; both survive a restart of the service. A " +
                "wrong password and an unknown address get the same 401. Accounts are never locked: after five wrong passwords or codes, the " +
                "client's address must wait, from 1 s up to 15 min (429 with `Retry-After`). After a hundred failures from other addresses, so " +
                "must every address that never signed in to the account.")
            .Produces<AccountTokens>()
            .WithExample(Example, LearnerExamples.Credentials);
        group.MapPost("/refresh", RefreshAsync).WithName("RefreshTokens")
            .WithSummary("Refresh tokens")
            .WithDescription(
                "Works while the account exists, its password is unchanged and the session is open; otherwise 401. A refresh token works once. " +
                "Using it a second time closes the session, since it may have been stolen.")
            .Produces<AccountTokens>()
            .WithExample(Example, LearnerExamples.Refresh);
    }

    private static void MapSignedIn(RouteGroupBuilder group)
    {
        group.MapPost("/sign-out", SignOutAsync).WithName("SignOut")
            .WithSummary("Sign out")
            .WithDescription(
                "Revokes the access token and the refresh token of this session at once. Other sessions of the account stay open; changing the " +
                "password ends them all.");
        group.MapGet("/manage/info", InfoAsync).WithName("GetAccount")
            .WithSummary("Get the signed-in account")
            .WithDescription("Returns the e-mail address. No mail is ever sent to it, so it stays unconfirmed.");
        RouteGroupBuilder changes = group.MapGroup("").RequireRateLimiting(SignInRate.Policy);
        changes.MapPost("/manage/info", ChangePasswordAsync).WithName("ChangePassword")
            .WithSummary("Change the password")
            .WithDescription(
                "Requires the current password; after five wrong ones the client must wait, as when signing in. All earlier tokens are revoked. " +
                "The e-mail address cannot be changed, since this service sends no mail.")
            .WithExample(Example, LearnerExamples.PasswordChange);
        changes.MapPost("/manage/2fa", SetUpTwoFactorAsync).WithName("SetUpTwoFactor")
            .WithSummary("Configure two-factor sign-in")
            .WithDescription(
                "An empty object returns the key for the authenticator app and the current state; `enable` with the code that the app shows " +
                "switches two-factor sign-in on and returns recovery codes. From then on the key is no longer returned, and every change needs a " +
                "code. A code works once. A new key, and switching it on or off, revoke all earlier tokens: sign in again.")
            .WithExample(Example, LearnerExamples.TwoFactor);
    }

    private static ValueTask<object?> NeverStoredAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        return next(context);
    }

    private static async Task<Ok> RegisterAsync(JsonBody<RegisterRequest> body, Registrations registrations)
    {
        await registrations.AddAsync(body.Value);
        return TypedResults.Ok();
    }

    private static async Task<SignInHttpResult> SignInAsync(
        JsonBody<LoginRequest> body, LearnerSignIn signIn, SessionTokens tokens, HttpContext context, CancellationToken cancellationToken) =>
        await tokens.OpenAsync(await signIn.SignInAsync(body.Value, ClientAddress.Of(context)), cancellationToken);

    private static Task<SignInHttpResult> RefreshAsync(JsonBody<RefreshRequest> body, SessionTokens tokens, CancellationToken cancellationToken) =>
        tokens.RefreshAsync(body.Value.RefreshToken, cancellationToken);

    private static async Task<NoContent> SignOutAsync(SessionTokens tokens, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await tokens.CloseAsync(user, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<AccountInfo>> InfoAsync(AccountChanges account, ClaimsPrincipal user) =>
        TypedResults.Ok(Info(await account.FindAsync(user)));

    private static async Task<Ok<AccountInfo>> ChangePasswordAsync(
        JsonBody<InfoRequest> body, AccountChanges account, ClaimsPrincipal user, HttpContext context, CancellationToken cancellationToken)
    {
        Learner learner = await account.FindAsync(user);
        await account.ChangePasswordAsync(learner, body.Value, ClientAddress.Of(context), cancellationToken);
        return TypedResults.Ok(Info(learner));
    }

    private static async Task<Ok<TwoFactorState>> SetUpTwoFactorAsync(
        JsonBody<TwoFactorChange> body, AccountChanges account, ClaimsPrincipal user, HttpContext context) =>
        TypedResults.Ok(await account.ChangeTwoFactorAsync(await account.FindAsync(user), body.Value, ClientAddress.Of(context)));

    private static AccountInfo Info(Learner learner) => new() { Email = learner.Email!, IsEmailConfirmed = learner.EmailConfirmed };
}
