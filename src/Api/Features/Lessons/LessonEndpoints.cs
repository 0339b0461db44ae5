using System.Text;
using Backprop.Api.Platform.Headers;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Requests;
using Backprop.Client.Lessons;
using Backprop.Domain.Practice.Lessons;
using Backprop.Domain.Suggestions;
using Backprop.Infrastructure.Formats.Lessons;
using Backprop.Infrastructure.Practice.Lessons;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Features.Lessons;

/// <summary>Lessons: text with formulas, requests to send, experiments and questions.</summary>
internal static class LessonEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapLessons(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/lessons").WithTags("Lessons");
        group.MapGet("", List).WithBuildTag().WithName("ListLessons")
            .WithSummary("List the lessons")
            .WithDescription("Returns each with the headings of its sections.");
        group.MapGet("/{id}", Get).WithName("GetLesson")
            .WithSummary("Get a lesson")
            .WithDescription("Returns its sections with text, formulas (LaTeX and MathML), requests to send unchanged, experiments and questions; " +
                "what to remember, with sources; and further reading. With `Accept: text/markdown` it is one text, to be read with curl, with " +
                "`Accept: text/html` one page.")
            .WithParameterExample("id", "backpropagation")
            .Produces<LessonPage>(StatusCodes.Status200OK, JsonMediaType.Plain)
            .Produces(StatusCodes.Status304NotModified)
            .WithMetadata(new OtherFormat(PreferredFormat.Markdown), new OtherFormat(PreferredFormat.Html));
    }

    private static Ok<LessonList> List() =>
        TypedResults.Ok(new LessonList { Items = [.. LessonContent.All.Select(LessonMapper.Summary)] });

    private static IResult Get(string id, HttpContext context)
    {
        Lesson lesson = LessonContent.Find(id) ?? throw NotFound(id);
        string format = PreferredFormat.Of(context.Request, PreferredFormat.Markdown, PreferredFormat.Html);
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        if (EntityTags.IsKnown(context, EntityTags.StateOf(format)))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        switch (format)
        {
            case PreferredFormat.Markdown:
                return TypedResults.Text(LessonMarkdown.Write(lesson), format, Encoding.UTF8);
            case PreferredFormat.Html:
                SecurityHeaders.ForText(context);
                return TypedResults.Text(LessonHtml.Write(lesson), format, Encoding.UTF8);
            default:
                return TypedResults.Ok(LessonMapper.Page(lesson));
        }
    }

    private static ProblemException NotFound(string id) => ProblemException.NotFound(
        new NameSuggestions(LessonContent.All.Select(lesson => lesson.Id)).Message("There is no lesson", id));
}
