using System.Text.Json.Serialization;

namespace Backprop.Api.Protocols.OpenTdb;

/// <summary>The codes of the protocol (https://opentdb.com/api_config.php).</summary>
internal static class OpenTdbCode
{
    public const int Success = 0;
    public const int TooFewQuestions = 1;
    public const int BadParameter = 2;
    public const int UnknownToken = 3;
    public const int TokenExhausted = 4;
    public const int TooManyRequests = 5;
}

/// <summary>Questions with their answers.</summary>
/// <param name="ResponseCode">0 success, 1 too few questions, 2 invalid parameter, 3 unknown token, 4 exhausted token, 5 too many requests.</param>
/// <param name="Results">The questions; empty unless the code is 0.</param>
internal sealed record TriviaAnswer(
    [property: JsonPropertyName("response_code")] int ResponseCode, [property: JsonPropertyName("results")] IReadOnlyList<TriviaQuestion> Results);

/// <summary>A question with its answers; every text is encoded as the request asks.</summary>
internal sealed record TriviaQuestion
{
    /// <summary><c>multiple</c> or <c>boolean</c>.</summary>
    [JsonPropertyName("type")]
    public required string Type { get; init; }

    /// <summary><c>easy</c>, <c>medium</c> or <c>hard</c>.</summary>
    [JsonPropertyName("difficulty")]
    public required string Difficulty { get; init; }

    /// <summary>The name of the category.</summary>
    [JsonPropertyName("category")]
    public required string Category { get; init; }

    /// <summary>The question.</summary>
    [JsonPropertyName("question")]
    public required string Question { get; init; }

    /// <summary>The right answer.</summary>
    [JsonPropertyName("correct_answer")]
    public required string CorrectAnswer { get; init; }

    /// <summary>The wrong answers.</summary>
    [JsonPropertyName("incorrect_answers")]
    public required IReadOnlyList<string> IncorrectAnswers { get; init; }
}

/// <summary>The categories.</summary>
/// <param name="Categories">Each with its number.</param>
internal sealed record TriviaCategories([property: JsonPropertyName("trivia_categories")] IReadOnlyList<TriviaCategory> Categories);

/// <summary>A category.</summary>
/// <param name="Id">Its number, from 9 to 32.</param>
/// <param name="Name">Its name.</param>
internal sealed record TriviaCategory([property: JsonPropertyName("id")] int Id, [property: JsonPropertyName("name")] string Name);

/// <summary>How many questions a category has.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Count">The counts.</param>
internal sealed record TriviaCount([property: JsonPropertyName("category_id")] int Id,
    [property: JsonPropertyName("category_question_count")] DifficultyCounts Count);

/// <summary>The answer about an unknown category: clients read the counts without looking at the code.</summary>
/// <param name="ResponseCode">2, an invalid parameter.</param>
/// <param name="Results">No questions.</param>
/// <param name="Id">The category as it was given.</param>
/// <param name="Count">Zeros.</param>
internal sealed record TriviaNoCount(
    [property: JsonPropertyName("response_code")] int ResponseCode,
    [property: JsonPropertyName("results")] IReadOnlyList<TriviaQuestion> Results,
    [property: JsonPropertyName("category_id")] string? Id,
    [property: JsonPropertyName("category_question_count")] DifficultyCounts Count);

/// <summary>Counts by difficulty.</summary>
/// <param name="Total">All.</param>
/// <param name="Easy">The easy ones.</param>
/// <param name="Medium">The medium ones.</param>
/// <param name="Hard">The hard ones.</param>
internal sealed record DifficultyCounts(
    [property: JsonPropertyName("total_question_count")] long Total,
    [property: JsonPropertyName("total_easy_question_count")] long Easy,
    [property: JsonPropertyName("total_medium_question_count")] long Medium,
    [property: JsonPropertyName("total_hard_question_count")] long Hard);

/// <summary>Counts of everything.</summary>
/// <param name="Overall">All questions.</param>
/// <param name="Categories">The questions of each category, by its number.</param>
internal sealed record GlobalCounts(
    [property: JsonPropertyName("overall")] ReviewCounts Overall, [property: JsonPropertyName("categories")] IReadOnlyDictionary<string,
        ReviewCounts> Categories);

/// <summary>Counts by state; all questions here are verified.</summary>
/// <param name="Total">All.</param>
/// <param name="Pending">Those not reviewed.</param>
/// <param name="Verified">Those accepted.</param>
/// <param name="Rejected">Those found bad.</param>
internal sealed record ReviewCounts(
    [property: JsonPropertyName("total_num_of_questions")] long Total,
    [property: JsonPropertyName("total_num_of_pending_questions")] long Pending,
    [property: JsonPropertyName("total_num_of_verified_questions")] long Verified,
    [property: JsonPropertyName("total_num_of_rejected_questions")] long Rejected)
{
    internal static ReviewCounts Of(long count) => new(count, 0, count, 0);
}

/// <summary>A session token, which prevents repeated questions.</summary>
/// <param name="ResponseCode">0 success, 2 invalid parameter, 3 unknown token.</param>
/// <param name="Message">What happened; only with a new token.</param>
/// <param name="Token">The token.</param>
internal sealed record TriviaToken(
    [property: JsonPropertyName("response_code")] int ResponseCode,
    [property: JsonPropertyName("response_message")] string? Message = null,
    [property: JsonPropertyName("token")] string? Token = null);
