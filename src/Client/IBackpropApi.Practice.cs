using Backprop.Client.Practice;
using Refit;

namespace Backprop.Client;

public partial interface IBackpropApi
{
    /// <summary>A page of questions, without their keys; the filters combine.</summary>
    [Get("/questions")]
    Task<QuestionList> ListQuestionsAsync(
        [Query(CollectionFormat.Multi)] IEnumerable<string>? company = null, CompanyMatch? companyMatch = null, Difficulty? difficulty = null,
            string? topic = null,
        QuestionKind? kind = null, string? q = null, QuestionSort? sort = null, int? limit = null, string? cursor = null,
            CancellationToken cancellationToken = default);

    /// <summary>How many questions there are of each company, difficulty, topic and kind, each under the other filters.</summary>
    [Get("/questions/facets")]
    Task<QuestionFacets> CountQuestionsAsync(
        [Query(CollectionFormat.Multi)] IEnumerable<string>? company = null, CompanyMatch? companyMatch = null, Difficulty? difficulty = null,
            string? topic = null,
        QuestionKind? kind = null, string? q = null, CancellationToken cancellationToken = default);

    /// <summary>A question without its key.</summary>
    [Get("/questions/{id}")]
    Task<QuestionPage> GetQuestionAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>One hint of a question, from 1.</summary>
    [Get("/questions/{id}/hints/{number}")]
    Task<QuestionHint> GetHintAsync(string id, int number, CancellationToken cancellationToken = default);

    /// <summary>The model answer of an interview question.</summary>
    [Get("/questions/{id}/answer")]
    Task<InterviewAnswer> GetAnswerAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Adds a question; needs the API key.</summary>
    [Post("/questions")]
    Task<QuestionPage> CreateQuestionAsync([Body] QuestionContract question, CancellationToken cancellationToken = default);

    /// <summary>Adds a question, or a new version of it; needs the API key.</summary>
    [Put("/questions/{id}")]
    Task<QuestionPage> ReplaceQuestionAsync(string id, [Body] QuestionContract question, CancellationToken cancellationToken = default);

    /// <summary>Retires a question; needs the API key.</summary>
    [Delete("/questions/{id}")]
    Task DeleteQuestionAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Adds and replaces many questions: all or none; needs the API key.</summary>
    [Post("/questions/import")]
    Task<ImportReport> ImportQuestionsAsync([Body] QuestionSetContract questions, CancellationToken cancellationToken = default);

    /// <summary>All questions with their keys; needs the API key.</summary>
    [Get("/questions/export?format=json")]
    Task<QuestionSetContract> ExportQuestionsAsync(CancellationToken cancellationToken = default);

    /// <summary>All questions with their keys as text in one of the forms; needs the API key.</summary>
    [Get("/questions/export")]
    Task<string> ExportQuestionsAsync(ExportFormat format, CancellationToken cancellationToken = default);
}
