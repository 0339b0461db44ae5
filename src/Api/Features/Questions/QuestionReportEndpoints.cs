using System.Security.Claims;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Security;
using Backprop.Api.Platform.Validation;
using Backprop.Client.Practice;
using Backprop.Domain.Practice.Reports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Backprop.Api.Features.Questions;

/// <summary>Reports of errors in questions: anyone may report one, and the holder of the write key reads them.</summary>
internal static class QuestionReportEndpoints
{
    private const int MostListed = 100;
    private const string ExampleId = "largest-of-three-gradients";

    /// <summary>Maps the routes.</summary>
    public static void MapQuestionReports(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/questions").WithTags("Practice").PrivateNoStore().WithBodySize(BodySize.Short);
        group.MapPost("/{id}/reports", ReportAsync).AllowOptionalLearner().RequireDrawingRate().WithValidation<QuestionReportRequest>()
            .WithName("ReportQuestion")
            .WithSummary("Report an error in a question")
            .WithDescription("Say what is wrong with its current version. The text is shown only to the holder of the write key, and to the " +
                "learner in an export. One client may have `Limits:ClientQuestionReports` reports, until they are dealt with.")
            .WithParameterExample("id", ExampleId)
            .WithExample("What is wrong", QuestionExamples.Report);
        group.MapGet("/reports", ListAsync).RequireWriteKey().WithName("ListQuestionReports")
            .WithSummary("List the reported errors")
            .WithDescription("The oldest first, in pages of `limit`; `nextCursor` leads to the next page.")
            .WithParameterExample("questionId", ExampleId);
        group.MapDelete("/reports/{number:long}", DeleteAsync).RequireWriteKey().WithName("DeleteQuestionReport")
            .WithSummary("Delete a report that was dealt with")
            .WithDescription("404 if there is none of this number.")
            .WithParameterExample("number", "1");
    }

    /// <summary>A report in the form of the contract.</summary>
    /// <param name="report">The report.</param>
    public static QuestionReportPage Page(QuestionReport report) => new()
    {
        Number = report.Number,
        QuestionId = report.QuestionId,
        Version = report.Version,
        Text = report.Text,
        ReportedAt = report.At,
    };

    private static async Task<Created<QuestionReportPage>> ReportAsync(string id, JsonBody<QuestionReportRequest> body, ReportService reports,
        ClaimsPrincipal user, HttpContext context)
    {
        QuestionReport report =
            await reports.AddAsync(id, body.Value.Text, user.LearnerId(), ClientAddress.Of(context), context.RequestAborted);
        return TypedResults.Created($"/questions/reports/{report.Number}", Page(report));
    }

    private static async Task<Ok<QuestionReportList>> ListAsync(ReportService reports, CancellationToken cancellationToken,
        string? questionId = null, int limit = 20, string? cursor = null)
    {
        if (limit is < 1 or > MostListed)
        {
            throw new ProblemException(422, "limit", $"limit must lie between 1 and {MostListed}; got {limit}.");
        }

        ReportListing page = await reports.ListAsync(questionId, limit, cursor, cancellationToken);
        return TypedResults.Ok(new QuestionReportList { Items = [.. page.Items.Select(Page)], NextCursor = page.NextCursor });
    }

    private static async Task<NoContent> DeleteAsync(long number, ReportService reports, CancellationToken cancellationToken)
    {
        await reports.DeleteAsync(number, cancellationToken);
        return TypedResults.NoContent();
    }
}
