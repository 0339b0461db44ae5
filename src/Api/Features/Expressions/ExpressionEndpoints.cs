using Backprop.Client.Expressions;
using Backprop.Infrastructure.Formats.Expressions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Backprop.Api.Features.Expressions;

/// <summary>The language of expressions.</summary>
internal static class ExpressionEndpoints
{
    /// <summary>Maps the route.</summary>
    public static void MapExpressions(this IEndpointRouteBuilder routes) => routes.MapGet("/expressions", Get)
        .WithName("GetExpressionLanguage")
        .WithTags("Expressions")
        .WithSummary("Get the language of expressions")
        .WithDescription(
            "Returns what the member `expression` may contain: notation, operators with their precedence, constants, functions with operands, " +
            "keywords and defaults, and examples with their values and derivatives.");

    private static Ok<ExpressionLanguage> Get(ExpressionParser parser) => TypedResults.Ok(ExpressionMapper.Language(parser.Reference));
}
