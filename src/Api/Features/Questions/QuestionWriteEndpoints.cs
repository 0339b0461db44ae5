using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Security;
using Backprop.Client.Practice;
using Backprop.Infrastructure.Persistence.Questions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Features.Questions;

/// <summary>Routes that change questions or reveal them with their keys; all require the write key.</summary>
internal static class QuestionWriteEndpoints
{
    private const string ExampleId = "gradient-of-a-square";

    /// <summary>Maps the routes.</summary>
    public static void MapQuestionWrites(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/questions").WithTags("Practice").RequireWriteKey().WithBodySize(BodySize.Question);
        group.MapPost("", CreateAsync).WithName("CreateQuestion")
            .WithSummary("Add a question")
            .WithDescription("Include its key, an explanation and at least one source. 409 if a question has this id.")
            .WithExample("A number", QuestionExamples.Created)
            .Produces<Problem>(StatusCodes.Status409Conflict, ProblemWriter.ContentType);
        group.MapPut("/{id}", ReplaceAsync).WithName("ReplaceQuestion")
            .WithSummary("Add or replace a question")
            .WithDescription("Quizzes drawn before keep the version that they were drawn from. Questions of content files can only be changed " +
                "there and get 409 here.")
            .WithParameterExample("id", ExampleId)
            .WithExample("A number", QuestionExamples.Replaced)
            .Produces<Problem>(StatusCodes.Status409Conflict, ProblemWriter.ContentType);
        group.MapDelete("/{id}", DeleteAsync).WithName("DeleteQuestion")
            .WithSummary("Retire a question")
            .WithDescription("It is no longer given out; earlier answers are kept. Questions of content files can only be removed there and get " +
                "409 here.")
            .WithParameterExample("id", ExampleId)
            .Produces<Problem>(StatusCodes.Status409Conflict, ProblemWriter.ContentType);
        group.MapPost("/import", ImportAsync).WithBodySize(BodySize.Large).WithName("ImportQuestions")
            .WithSummary("Import questions")
            .WithDescription("Adds and replaces many questions, all or none. Accepts what the JSON export returns; unchanged questions stay as " +
                "they are. `errors` lists every fault by its path.")
            .WithExample("One question", QuestionExamples.Import)
            .Produces<Problem>(StatusCodes.Status409Conflict, ProblemWriter.ContentType);
        group.MapGet("/export", ExportAsync).WithName("ExportQuestions")
            .WithSummary("Export all questions with their keys")
            .WithDescription("`json` can be imported again; `moodleXml`, `gift` and `ankiTsv` are for other programs. Of a question that is drawn " +
                "from a seed, these hold the draw of seed 0.")
            .WithParameterExample("format", "json")
            .Produces<QuestionSetContract>();
    }

    private static async Task<Created<QuestionPage>> CreateAsync(
        JsonBody<QuestionContract> body, QuestionWriter writer, QuestionBank bank, IOptions<BackpropLimits> limits,
            CancellationToken cancellationToken)
    {
        await writer.StoreAsync(QuestionReader.Read(body.Value), isNew: true, limits.Value.Questions, cancellationToken);
        return TypedResults.Created(Location(body.Value.Id), await PageAsync(bank, body.Value.Id, cancellationToken));
    }

    private static async Task<Results<Created<QuestionPage>, Ok<QuestionPage>>> ReplaceAsync(
        string id, JsonBody<QuestionContract> body, QuestionWriter writer, QuestionBank bank, IOptions<BackpropLimits> limits,
            CancellationToken cancellationToken)
    {
        if (id != body.Value.Id)
        {
            throw new ProblemException(422, "id", $"id must be '{id}', as in the path; got '{body.Value.Id}'.");
        }

        StoreReport report = await writer.StoreAsync(QuestionReader.Read(body.Value), isNew: false, limits.Value.Questions, cancellationToken);
        QuestionPage page = await PageAsync(bank, id, cancellationToken);
        return report.Added > 0 ? TypedResults.Created(Location(id), page) : TypedResults.Ok(page);
    }

    private static async Task<NoContent> DeleteAsync(string id, QuestionWriter writer, QuestionBank bank, CancellationToken cancellationToken) =>
        await writer.RetireAsync(id, cancellationToken) ? TypedResults.NoContent()
            : throw ProblemException.NotFound((await bank.NamesAsync(cancellationToken)).Unknown(id));

    private static async Task<Ok<ImportReport>> ImportAsync(
        JsonBody<QuestionSetContract> body, QuestionWriter writer, IOptions<BackpropLimits> limits, CancellationToken cancellationToken)
    {
        StoreReport report = await writer.ImportAsync(QuestionReader.Read(body.Value), limits.Value.Questions, cancellationToken);
        return TypedResults.Ok(new ImportReport { Added = report.Added, Changed = report.Changed, Unchanged = report.Unchanged });
    }

    private static async Task<QuestionExport> ExportAsync(QuestionBank bank, FigureRenderer figures, CancellationToken cancellationToken,
        EnumQueryValue<ExportFormat>? format = null) =>
        new(format?.Value ?? ExportFormat.Json, await bank.TopicsAsync(cancellationToken), bank, figures);

    private static string Location(string id) => $"/questions/{id}";

    // Another write may have retired it in the meantime.
    private static async Task<QuestionPage> PageAsync(QuestionBank bank, string id, CancellationToken cancellationToken) =>
        QuestionMapper.Page(await bank.FindAsync(id, cancellationToken) ?? throw ProblemException.NotFound($"The question '{id}' has been retired."));
}
