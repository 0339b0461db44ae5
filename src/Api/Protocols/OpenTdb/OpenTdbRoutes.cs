using System.Globalization;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Routes;
using Backprop.Domain.Practice.Questions;
using Backprop.Infrastructure.Persistence.Questions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Backprop.Api.Protocols.OpenTdb;

/// <summary>
/// The interface of the Open Trivia Database (https://opentdb.com/api_config.php), so that its clients work with this service after changing the
/// host. It reveals answers, so it serves only open questions. As in the original, errors are codes in an answer of status 200.
/// </summary>
internal static class OpenTdbRoutes
{
    private const int MostDrawn = 50;

    /// <summary>Maps the routes.</summary>
    public static void MapOpenTdb(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("").WithTags("OpenTDB").WithMetadata(new AnyQuery());
        group.MapGet("/api.php", DrawAsync).WithName("DrawTrivia").WithSummary("Draw open questions with their answers")
            .WithDescription("`amount` is 1 to 50, `category` a number, `difficulty` easy, medium or hard, `type` multiple or boolean, `encode` " +
                "urlLegacy, url3986 or base64 (otherwise HTML entities); `token` prevents repeated questions. `response_code`: 0 success, 1 too " +
                "few questions, 2 invalid parameter, 3 unknown token, 4 exhausted token, 5 too many requests.")
            .WithParameterExample("amount", "1").Produces<TriviaAnswer>().Produces<TriviaAnswer>(StatusCodes.Status429TooManyRequests);
        group.MapGet("/api_category.php", CategoriesAsync).WithName("ListTriviaCategories").WithSummary("List the categories")
            .WithDescription("Returns the topics, numbered from 9 in the order of their ids.");
        group.MapGet("/api_count.php", CountAsync).WithName("CountTrivia").WithSummary("Count the open questions of a category")
            .WithDescription("Returns the total and the counts by difficulty.").WithParameterExample("category", "9").Produces<TriviaCount>();
        group.MapGet("/api_count_global.php", CountAllAsync).WithName("CountAllTrivia").WithSummary("Count all open questions")
            .WithDescription("Returns the total and the counts by category.");
        group.MapGet("/api_token.php", Token).WithName("TriviaToken").WithSummary("Request or reset a token")
            .WithDescription("`command=request` returns a token, `command=reset&token=` clears the questions that it has seen. A token expires six " +
                "hours after its last use.")
            .WithParameterExample("command", "request").Produces<TriviaToken>();
    }

    private static async Task<JsonHttpResult<TriviaAnswer>> DrawAsync(
        HttpContext context, CancellationToken cancellationToken, string? amount = null, string? category = null, string? difficulty = null,
            string? type = null, string? encode = null, string? token = null)
    {
        IServiceProvider services = context.RequestServices;
        var drawing = services.GetRequiredService<OpenTdbSampler>();
        if (!services.GetRequiredService<OpenTdbLimit>().Allows(context))
        {
            return Answer(OpenTdbCode.TooManyRequests, [], StatusCodes.Status429TooManyRequests);
        }

        OpenTdbTokens.Session? session = null;
        if (!string.IsNullOrEmpty(token) && (session = services.GetRequiredService<OpenTdbTokens>().Find(token)) is null)
        {
            return Answer(OpenTdbCode.UnknownToken, []);
        }

        string? topic = null;
        if (!string.IsNullOrEmpty(category) && category != "0")
        {
            if (!Number(category, out int number))
            {
                return Answer(OpenTdbCode.BadParameter, []);
            }

            topic = (await drawing.CategoriesAsync(cancellationToken)).FirstOrDefault(entry => entry.Number == number).Topic?.Id;
            if (topic is null)
            {
                return Answer(OpenTdbCode.TooFewQuestions, []);
            }
        }

        if (Query(amount, topic, type, difficulty) is not { } query)
        {
            return Answer(OpenTdbCode.BadParameter, []);
        }

        (int code, IReadOnlyList<TriviaQuestion> results) = await drawing.DrawAsync(query, session, OpenTdbEncoder.Of(encode), cancellationToken);
        return Answer(code, results);
    }

    private static OpenTdbQuery? Query(string? amount, string? topic, string? type, string? difficulty)
    {
        QuestionFormat? kind = type switch { "multiple" => QuestionFormat.MultipleChoice, "boolean" => QuestionFormat.TrueFalse, _ => null };
        DifficultyLevel? level = difficulty switch
        {
            "easy" => DifficultyLevel.Easy,
            "medium" => DifficultyLevel.Medium,
            "hard" =>
            DifficultyLevel.Hard,
            _ => null
        };
        bool sound = Number(amount, out int count) && count is >= 1 and <= MostDrawn && (kind is not null || IsAny(type))
            && (level is not null || IsAny(difficulty));
        return sound ? new OpenTdbQuery(count, topic, kind, level) : null;
    }

    private static async Task<Ok<TriviaCategories>> CategoriesAsync(HttpContext context, CancellationToken cancellationToken) =>
        TypedResults.Ok(new TriviaCategories(
            [.. (await context.RequestServices.GetRequiredService<OpenTdbSampler>().CategoriesAsync(cancellationToken))
                .Select(entry => new TriviaCategory(entry.Number, entry.Topic.Name))]));

    private static async Task<JsonHttpResult<object>> CountAsync(HttpContext context, OpenQuestions questions, CancellationToken cancellationToken,
        string? category = null)
    {
        var categories = await context.RequestServices.GetRequiredService<OpenTdbSampler>().CategoriesAsync(cancellationToken);
        if (!Number(category, out int number) || categories.FirstOrDefault(entry => entry.Number == number).Topic is not { } topic)
        {
            return TypedResults.Json<object>(new TriviaNoCount(OpenTdbCode.BadParameter, [], category, new DifficultyCounts(0, 0, 0, 0)));
        }

        OpenCount[] counts = [.. (await questions.CountAsync(cancellationToken)).Where(count => count.Topic == topic.Id)];
        long Of(DifficultyLevel difficulty) => counts.Where(count => count.Difficulty == difficulty).Sum(count => count.Count);
        return TypedResults.Json<object>(new TriviaCount(
            number, new DifficultyCounts(counts.Sum(count => count.Count), Of(DifficultyLevel.Easy), Of(DifficultyLevel.Medium),
                Of(DifficultyLevel.Hard))));
    }

    private static async Task<Ok<GlobalCounts>> CountAllAsync(HttpContext context, OpenQuestions questions, CancellationToken cancellationToken)
    {
        var categories = await context.RequestServices.GetRequiredService<OpenTdbSampler>().CategoriesAsync(cancellationToken);
        ILookup<string, OpenCount> counts = (await questions.CountAsync(cancellationToken)).ToLookup(count => count.Topic);
        return TypedResults.Ok(new GlobalCounts(
            ReviewCounts.Of(counts.SelectMany(group => group).Sum(count => count.Count)),
            categories.ToDictionary(
                entry => entry.Number.ToString(CultureInfo.InvariantCulture), entry =>
                    ReviewCounts.Of(counts[entry.Topic.Id].Sum(count => count.Count)))));
    }

    private static JsonHttpResult<TriviaToken> Token(HttpContext context, string? command = null, string? token = null)
    {
        var tokens = context.RequestServices.GetRequiredService<OpenTdbTokens>();
        if (command == "request")
        {
            return TypedResults.Json(new TriviaToken(OpenTdbCode.Success, "Token Generated Successfully!", tokens.Create(ClientAddress.Of(context))));
        }

        // A common client sends command=resetcommand=reset.
        if (command is not ("reset" or "resetcommand=reset"))
        {
            return TypedResults.Json(new TriviaToken(OpenTdbCode.BadParameter));
        }

        if (tokens.Find(token ?? "") is not { } session)
        {
            return TypedResults.Json(new TriviaToken(OpenTdbCode.UnknownToken));
        }

        lock (session)
        {
            session.Seen.Clear();
        }

        return TypedResults.Json(new TriviaToken(OpenTdbCode.Success, Token: token));
    }

    private static bool Number(string? text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static bool IsAny(string? word) => word is null or "" or "any" or "0";

    private static JsonHttpResult<TriviaAnswer> Answer(int code, IReadOnlyList<TriviaQuestion> results, int status = StatusCodes.Status200OK) =>
        TypedResults.Json(new TriviaAnswer(code, results), statusCode: status);
}
