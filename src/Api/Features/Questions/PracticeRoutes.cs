using System.Security.Claims;
using Backprop.Api.Platform.Problems;
using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Features.Questions;

/// <summary>Conventions that the routes of quizzes and interviews share.</summary>
internal static class PracticeRoutes
{
    /// <summary>
    /// Keeps answers out of caches, since they belong to one learner and change with every request, and documents that the database may be busy.
    /// </summary>
    public static RouteGroupBuilder PrivateNoStore(this RouteGroupBuilder group) => group
        .WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status503ServiceUnavailable, typeof(Problem), [ProblemWriter.ContentType]))
        .AddEndpointFilter(static (context, next) =>
        {
            context.HttpContext.Response.Headers[HeaderNames.CacheControl] = "no-store";
            return next(context);
        });

    /// <summary>The id of the signed-in learner, or null.</summary>
    public static string? LearnerId(this ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.NameIdentifier);
}
