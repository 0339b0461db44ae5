using Backprop.Api.Learners;
using Backprop.Api.Limits;
using Backprop.Api.OpenApi;
using Backprop.Infrastructure.Persistence.Learners;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.RateLimiting;

namespace Backprop.Api.Endpoints;

/// <summary>ASP.NET Core Identity's own endpoints under <c>/account</c>: those that work without mail, described and limited as the rest of the service.</summary>
public static class AccountRoutes
{
    private const string Root = "/account";

    private static readonly Dictionary<string, Description> Descriptions = new()
    {
        ["POST /register"] = new(
            "Register",
            "Makes an account",
            "A password has 8 to 256 characters of any kind. An address that has an account already is 409.",
            LearnerExamples.Credentials,
            IsLimited: true),
        ["POST /login"] = new(
            "SignIn",
            "Signs in",
            "Gives an access token for the header `Authorization: Bearer …` and a refresh token; both outlive a restart of the service. "
            + "A wrong password and an unknown address are the same 401, and so is a locked account: five wrong passwords lock it for five minutes.",
            LearnerExamples.Credentials,
            IsLimited: true),
        ["POST /refresh"] = new(
            "RefreshTokens",
            "New tokens for a refresh token",
            "As long as the account is there and its password the same; 401 otherwise.",
            LearnerExamples.Refresh,
            IsLimited: true),
        ["GET /manage/info"] = new("GetAccount", "The account of who is signed in", "The e-mail address. No mail is ever sent to it, so it stays unconfirmed."),
        ["POST /manage/info"] = new(
            "ChangePassword",
            "Changes the password",
            "Needs the password so far. Tokens from before are no longer taken then. The e-mail address cannot be changed, since this service sends no mail.",
            LearnerExamples.PasswordChange,
            IsLimited: true),
        ["POST /manage/2fa"] = new(
            "SetUpTwoFactor",
            "Sets up signing in with an authenticator app",
            "An empty object tells the key for the app and how things stand; `enable` with the code that the app shows switches it on and gives recovery codes. A new key, and switching it on or off, end the tokens from before: sign in again then.",
            LearnerExamples.TwoFactor,
            IsLimited: true),
    };

    /// <summary>Maps the routes.</summary>
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        IEndpointConventionBuilder accounts = routes.MapGroup(Root).WithTags("Learners").WithBodySize(BodySize.Short).MapIdentityApi<Learner>();
        accounts.AddEndpointFilter(new AccountAnswers());
        accounts.Finally(Describe);
    }

    private static void Describe(EndpointBuilder endpoint)
    {
        IList<object> metadata = endpoint.Metadata;
        string method = metadata.OfType<IHttpMethodMetadata>().First().HttpMethods[0];
        string path = ((RouteEndpointBuilder)endpoint).RoutePattern.RawText![Root.Length..];
        if (!Descriptions.TryGetValue($"{method} {path}", out Description? description))
        {
            // Confirming addresses and resetting passwords need mail. The endpoints stay known, as registering makes links to them.
            metadata.Add(new SuppressMatchingMetadata());
            metadata.Add(new ExcludeFromDescriptionAttribute());
            return;
        }

        // What Identity says of its errors is not what leaves the service.
        foreach (object error in metadata.Where(entry => entry is IProducesResponseTypeMetadata { StatusCode: >= 400 }).ToArray())
            metadata.Remove(error);
        metadata.Add(new EndpointNameMetadata(description.Name));
        metadata.Add(new EndpointSummaryAttribute(description.Summary));
        metadata.Add(new EndpointDescriptionAttribute(description.Text));
        if (description.Example is { } example)
            metadata.Add(new RequestExample("As registered", example));
        if (description.IsLimited)
            metadata.Add(new EnableRateLimitingAttribute(SignInRate.Policy));
    }

    private sealed record Description(string Name, string Summary, string Text, string? Example = null, bool IsLimited = false);
}
