using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Requests;
using Backprop.Domain.Suggestions;

namespace Backprop.Api.Platform.Routes;

/// <summary>Rejects unknown query parameters (400): a misspelt filter would otherwise be an unfiltered answer.</summary>
internal static class QueryCheck
{
    /// <summary>Registers what the check knows.</summary>
    /// <param name="builder">The application being built.</param>
    public static WebApplicationBuilder AddQueryCheck(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<QueryParameters>();
        return builder;
    }

    /// <summary>Checks the parameters of requests that have any.</summary>
    /// <param name="app">The application, after routing and the keys.</param>
    public static WebApplication UseQueryCheck(this WebApplication app)
    {
        app.Use(static (context, next) =>
        {
            if (context.Request.QueryString.HasValue && context.GetEndpoint() is { } endpoint)
            {
                Require(context, endpoint);
            }

            return next(context);
        });
        return app;
    }

    private static void Require(HttpContext context, Endpoint endpoint)
    {
        IReadOnlyList<string>? known = context.RequestServices.GetRequiredService<QueryParameters>().Of(endpoint, context.Request.Method);
        if (known is not null
            && context.Request.Query.Keys.FirstOrDefault(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } name)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, name, Message(name, known));
        }
    }

    private static string Message(string name, IReadOnlyList<string> known)
    {
        string list = known.Count == 0 ? "no query parameters" : string.Join(", ", known);
        string hint = new NameSuggestions(known, MemberSynonyms.All).For(name) is [var nearest, ..] ? $"; did you mean '{nearest}'?" : ".";
        return $"Unknown query parameter '{name}'{hint} This route takes {list}.";
    }
}
