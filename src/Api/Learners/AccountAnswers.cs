using System.Text.Json;
using Backprop.Api.Errors;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity.Data;

namespace Backprop.Api.Learners;

/// <summary>Makes Identity's endpoints answer as the rest of the service does: problems with a body, keyed by JSON path, and nothing promised that needs mail or cookies.</summary>
public sealed class AccountAnswers : IEndpointFilter
{
    private const string WrongCredentials = "The e-mail address or the password is wrong, or five wrong attempts have locked the account for some minutes.";
    private const string NoCode = "The account asks for the code of its authenticator app: twoFactorCode, or a twoFactorRecoveryCode.";

    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        Demand(context);
        object? answer = await next(context);
        while (answer is INestedHttpResult nested)
            answer = nested.Result;
        return answer switch
        {
            ValidationProblem invalid => throw new ProblemException(Refusal(invalid.ProblemDetails.Errors, context.Arguments.OfType<InfoRequest>().Any())),
            ProblemHttpResult { ProblemDetails.Detail: "RequiresTwoFactor" } => throw new ProblemException(LearnerTokens.Refusal(NoCode)),
            ProblemHttpResult => throw new ProblemException(LearnerTokens.Refusal(WrongCredentials)),
            ChallengeHttpResult => throw new ProblemException(LearnerTokens.Refusal("The refresh token is not valid, or no longer: sign in again.")),
            NotFound => throw new ProblemException(LearnerTokens.Refusal("The account is gone.")),
            _ => answer,
        };
    }

    private static void Demand(EndpointFilterInvocationContext context)
    {
        IQueryCollection query = context.HttpContext.Request.Query;
        if (query.Keys.FirstOrDefault(key => key.Equals("useCookies", StringComparison.OrdinalIgnoreCase) || key.Equals("useSessionCookies", StringComparison.OrdinalIgnoreCase)) is { } cookies)
            throw new ProblemException(422, cookies, "This service gives bearer tokens, not cookies.");
        foreach (object? argument in context.Arguments)
        {
            if (argument is InfoRequest { NewEmail: not null })
                throw new ProblemException(422, "newEmail", "The e-mail address of an account stays as it is: this service sends no mail that could confirm another one.");
            if (argument is TwoFactorRequest { ForgetMachine: true })
                throw new ProblemException(422, "forgetMachine", "No machine is remembered: every sign-in asks for the code.");
        }
    }

    private static Problem Refusal(IDictionary<string, string[]> errors, bool isChange)
    {
        int status = errors.ContainsKey("DuplicateUserName") ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity;
        return new Problem(status, string.Join(' ', errors.SelectMany(error => error.Value)))
        {
            Errors = errors.GroupBy(error => Path(error.Key, isChange)).ToDictionary(group => group.Key, group => group.SelectMany(error => error.Value).ToArray()),
        };
    }

    // Identity tells errors by codes, not by members.
    private static string Path(string code, bool isChange) => code switch
    {
        "PasswordMismatch" or "OldPasswordRequired" => "oldPassword",
        _ when code.StartsWith("Password", StringComparison.Ordinal) => isChange ? "newPassword" : "password",
        "DuplicateUserName" or "InvalidUserName" or "InvalidEmail" => "email",
        "CannotResetSharedKeyAndEnable" => "resetSharedKey",
        "RequiresTwoFactor" or "InvalidTwoFactorCode" => "twoFactorCode",
        _ => JsonNamingPolicy.CamelCase.ConvertName(code),
    };
}
