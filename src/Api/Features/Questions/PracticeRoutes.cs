using System.Security.Claims;
using Backprop.Api.Platform.Errors;
using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Features.Questions;

/// <summary>What the routes of quizzes and interviews have in common.</summary>
internal static class PracticeRoutes
{
    /// <summary>
    /// Keeps answers out of caches, since they belong to one learner and change with every request; and tells that the database may be busy.
    /// </summary>
    public static RouteGroupBuilder PrivateNoStore(this RouteGroupBuilder group) => group
        .WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status503ServiceUnavailable, typeof(Problem), [ProblemWriter.ContentType]))
        .AddEndpointFilter(static (context, next) =>
        {
            context.HttpContext.Response.Headers[HeaderNames.CacheControl] = "no-store";
            return next(context);
        });

    /// <summary>The id of the learner who is signed in, or null.</summary>
    public static string? LearnerId(this ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.NameIdentifier);
}
