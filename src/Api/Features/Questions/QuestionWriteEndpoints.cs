using Backprop.Api.Platform.Errors;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Security;
using Backprop.Client.Practice;
using Backprop.Infrastructure.Persistence.Questions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Features.Questions;

/// <summary>What changes the questions, and what gives them away with their keys: all of it needs the key for writes.</summary>
public static class QuestionWriteEndpoints
{
    private const string ExampleId = "gradient-of-a-square";

    /// <summary>Maps the routes.</summary>
    public static void MapQuestionWrites(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/questions").WithTags("Practice").RequireWriteKey().WithBodySize(BodySize.Question);
        group.MapPost("", CreateAsync).WithName("CreateQuestion")
            .WithSummary("Adds a question")
            .WithDescription("With its key, an explanation and at least one source. 409 where there is a question of this id.")
            .WithExample("A number", QuestionExamples.Created)
            .Produces<Problem>(StatusCodes.Status409Conflict, ProblemWriter.ContentType);
        group.MapPut("/{id}", ReplaceAsync).WithName("ReplaceQuestion")
            .WithSummary("Adds a question, or a new version of it")
            .WithDescription("Quizzes that were drawn before keep the version that they were drawn from. Questions of content files change there: " +
                "they are 409 here.")
            .WithParameterExample("id", ExampleId)
            .WithExample("A number", QuestionExamples.Replaced)
            .Produces<Problem>(StatusCodes.Status409Conflict, ProblemWriter.ContentType);
        group.MapDelete("/{id}", DeleteAsync).WithName("DeleteQuestion")
            .WithSummary("Retires a question")
            .WithDescription("It is given out no more; what was answered before stays. Questions of content files go there: they are 409 here.")
            .WithParameterExample("id", ExampleId)
            .Produces<Problem>(StatusCodes.Status409Conflict, ProblemWriter.ContentType);
        group.MapPost("/import", ImportAsync).WithBodySize(BodySize.Large).WithName("ImportQuestions")
            .WithSummary("Adds and replaces many questions: all or none")
            .WithDescription("Takes what the JSON export gives. A question that is there as it is stays as it is. `errors` names everything that " +
                "is wrong, by its path.")
            .WithExample("One question", QuestionExamples.Import)
            .Produces<Problem>(StatusCodes.Status409Conflict, ProblemWriter.ContentType);
        group.MapGet("/export", ExportAsync).WithName("ExportQuestions")
            .WithSummary("All questions with their keys")
            .WithDescription("`json` is what an import takes; `moodleXml`, `gift` and `ankiTsv` are for other programs, and hold of a question " +
                "that is drawn from a seed what seed 0 draws.")
            .WithParameterExample("format", "json")
            .Produces<QuestionSetContract>();
    }

    private static async Task<Created<QuestionPage>> CreateAsync(
        JsonBody<QuestionContract> body, QuestionWriter writer, QuestionBank bank, IOptions<BackpropLimits> limits, CancellationToken cancellation)
    {
        await writer.StoreAsync(QuestionReader.Read(body.Value), isNew: true, limits.Value.Questions, cancellation);
        return TypedResults.Created(Location(body.Value.Id), await PageAsync(bank, body.Value.Id, cancellation));
    }

    private static async Task<Results<Created<QuestionPage>, Ok<QuestionPage>>> ReplaceAsync(
        string id, JsonBody<QuestionContract> body, QuestionWriter writer, QuestionBank bank, IOptions<BackpropLimits> limits,
            CancellationToken cancellation)
    {
        if (id != body.Value.Id)
            throw new ProblemException(422, "id", $"The question is '{body.Value.Id}', the address is that of '{id}'.");
        StoreReport report = await writer.StoreAsync(QuestionReader.Read(body.Value), isNew: false, limits.Value.Questions, cancellation);
        QuestionPage page = await PageAsync(bank, id, cancellation);
        return report.Added > 0 ? TypedResults.Created(Location(id), page) : TypedResults.Ok(page);
    }

    private static async Task<NoContent> DeleteAsync(string id, QuestionWriter writer, CancellationToken cancellation) =>
        await writer.RetireAsync(id, cancellation) ? TypedResults.NoContent() : throw ProblemException.NotFound($"There is no question '{id}'.");

    private static async Task<Ok<ImportReport>> ImportAsync(
        JsonBody<QuestionSetContract> body, QuestionWriter writer, IOptions<BackpropLimits> limits, CancellationToken cancellation)
    {
        StoreReport report = await writer.ImportAsync(QuestionReader.Read(body.Value), limits.Value.Questions, cancellation);
        return TypedResults.Ok(new ImportReport { Added = report.Added, Changed = report.Changed, Unchanged = report.Unchanged });
    }

    private static async Task<QuestionExport> ExportAsync(QuestionBank bank, CancellationToken cancellation,
        EnumQueryValue<ExportFormat>? format = null) =>
        new(format?.Value ?? ExportFormat.Json, await bank.TopicsAsync(cancellation), bank);

    private static string Location(string id) => $"/questions/{id}";

    // Another write may have retired it in the meantime.
    private static async Task<QuestionPage> PageAsync(QuestionBank bank, string id, CancellationToken cancellation) =>
        QuestionMapper.Page(await bank.FindAsync(id, cancellation) ?? throw ProblemException.NotFound($"There is no question '{id}' any more."));
}
