using System.Security.Claims;
using Backprop.Api.Features.Learners;
using Backprop.Api.Platform.Errors;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Requests;
using Backprop.Client.Learners;
using Backprop.Infrastructure.Persistence.Learners;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity.Data;

namespace Backprop.Api.Features.Accounts;

/// <summary>
/// Accounts under <c>/account</c>: the routes and bodies of ASP.NET Core Identity's own endpoints, as far as they work without mail, and signing
/// out.
/// </summary>
public static class AccountEndpoints
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
            .WithSummary("Makes an account")
            .WithDescription(
                "A password has 8 to 256 characters of any kind; common ones, sequences, and those made of the address or the name of the service "
                + "are 422. An address that has an account already keeps it with its password, and the answer is the same, so that nobody learns "
                + "which addresses have accounts: sign in next, which tells whether the account is yours.")
            .WithExample(Example, LearnerExamples.Credentials);
        group.MapPost("/login", SignInAsync).WithName("SignIn")
            .WithSummary("Signs in")
            .WithDescription(
                "Gives an access token for the header `Authorization: Bearer …` and a refresh token; both outlive a restart of the service. "
                + "A wrong password and an unknown address are the same 401. Accounts are never locked: after five wrong passwords or codes the "
                + "client's address waits, 1 s at first and 15 min at most (429 with `Retry-After`). After a hundred from elsewhere so does every "
                + "address from which the account was never signed in to.")
            .Produces<AccountTokens>()
            .WithExample(Example, LearnerExamples.Credentials);
        group.MapPost("/refresh", RefreshAsync).WithName("RefreshTokens")
            .WithSummary("New tokens for a refresh token")
            .WithDescription(
                "As long as the account is there, its password the same and the session open; 401 otherwise. A refresh token works once. "
                + "One that comes a second time closes the session, since somebody else may have it.")
            .Produces<AccountTokens>()
            .WithExample(Example, LearnerExamples.Refresh);
    }

    private static void MapSignedIn(RouteGroupBuilder group)
    {
        group.MapPost("/sign-out", SignOutAsync).WithName("SignOut")
            .WithSummary("Signs out")
            .WithDescription(
                "The access token and the refresh token of this sign-in are no longer taken, at once. Others of the account are: changing the "
                + "password ends all.");
        group.MapGet("/manage/info", InfoAsync).WithName("GetAccount")
            .WithSummary("The account of who is signed in")
            .WithDescription("The e-mail address. No mail is ever sent to it, so it stays unconfirmed.");
        RouteGroupBuilder changes = group.MapGroup("").RequireRateLimiting(SignInRate.Policy);
        changes.MapPost("/manage/info", ChangePasswordAsync).WithName("ChangePassword")
            .WithSummary("Changes the password")
            .WithDescription(
                "Needs the password so far; after five wrong ones the client waits, as for signing in. Tokens from before are no longer taken then. "
                + "The e-mail address cannot be changed, since this service sends no mail.")
            .WithExample(Example, LearnerExamples.PasswordChange);
        changes.MapPost("/manage/2fa", SetUpTwoFactorAsync).WithName("SetUpTwoFactor")
            .WithSummary("Sets up signing in with an authenticator app")
            .WithDescription(
                "An empty object tells the key for the app and how things stand; `enable` with the code that the app shows switches it on and "
                + "gives recovery codes. From then on the key is no longer told, and every change needs a code. A code works once. A new key, and "
                + "switching it on or off, end the tokens from before: sign in again then.")
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
        JsonBody<LoginRequest> body, LearnerSignIn signIn, SessionTokens tokens, HttpContext context, CancellationToken cancellation)
    {
        if (context.Request.Query.Keys.FirstOrDefault(IsCookieChoice) is { } cookies)
            throw new ProblemException(422, cookies, "This service gives bearer tokens, not cookies.");
        return await tokens.OpenAsync(await signIn.SignInAsync(body.Value, ClientAddress.Of(context)), cancellation);
    }

    private static bool IsCookieChoice(string key) =>
        key.Equals("useCookies", StringComparison.OrdinalIgnoreCase) || key.Equals("useSessionCookies", StringComparison.OrdinalIgnoreCase);

    private static Task<SignInHttpResult> RefreshAsync(JsonBody<RefreshRequest> body, SessionTokens tokens, CancellationToken cancellation) =>
        tokens.RefreshAsync(body.Value.RefreshToken, cancellation);

    private static async Task<NoContent> SignOutAsync(SessionTokens tokens, ClaimsPrincipal user, CancellationToken cancellation)
    {
        await tokens.CloseAsync(user, cancellation);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<AccountInfo>> InfoAsync(AccountChanges account, ClaimsPrincipal user) =>
        TypedResults.Ok(Info(await account.FindAsync(user)));

    private static async Task<Ok<AccountInfo>> ChangePasswordAsync(
        JsonBody<InfoRequest> body, AccountChanges account, ClaimsPrincipal user, HttpContext context, CancellationToken cancellation)
    {
        Learner learner = await account.FindAsync(user);
        await account.ChangePasswordAsync(learner, body.Value, ClientAddress.Of(context), cancellation);
        return TypedResults.Ok(Info(learner));
    }

    private static async Task<Ok<TwoFactorState>> SetUpTwoFactorAsync(
        JsonBody<TwoFactorChange> body, AccountChanges account, ClaimsPrincipal user, HttpContext context) =>
        TypedResults.Ok(await account.ChangeTwoFactorAsync(await account.FindAsync(user), body.Value, ClientAddress.Of(context)));

    private static AccountInfo Info(Learner learner) => new() { Email = learner.Email!, IsEmailConfirmed = learner.EmailConfirmed };
}
