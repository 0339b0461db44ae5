using Backprop.Client.Practice;
using Refit;

namespace Backprop.Client;

public partial interface IBackpropApi
{
    /// <summary>Lists a page of questions, without their keys; the values of one filter are alternatives, and the filters combine.</summary>
    [Get("/questions")]
    Task<QuestionList> ListQuestionsAsync(
        [Query(CollectionFormat.Multi)] IEnumerable<string>? company = null, CompanyMatch? companyMatch = null,
        [Query(CollectionFormat.Multi)] IEnumerable<Difficulty>? difficulty = null, [Query(CollectionFormat.Multi)] IEnumerable<string>? topic = null,
        [Query(CollectionFormat.Multi)] IEnumerable<QuestionKind>? kind = null, [Query(CollectionFormat.Multi)] IEnumerable<string>? tag = null,
        [Query(CollectionFormat.Multi)] IEnumerable<string>? id = null, string? q = null, bool? unseen = null, bool? answeredWrong = null,
        QuestionSort? sort = null, [Query(CollectionFormat.Multi)] IEnumerable<QuestionDetail>? hide = null, int? limit = null,
        string? cursor = null, CancellationToken cancellationToken = default);

    /// <summary>Counts questions by company, difficulty, topic, kind and label, each under the other filters.</summary>
    [Get("/questions/facets")]
    Task<QuestionFacets> CountQuestionsAsync(
        [Query(CollectionFormat.Multi)] IEnumerable<string>? company = null, CompanyMatch? companyMatch = null,
        [Query(CollectionFormat.Multi)] IEnumerable<Difficulty>? difficulty = null, [Query(CollectionFormat.Multi)] IEnumerable<string>? topic = null,
        [Query(CollectionFormat.Multi)] IEnumerable<QuestionKind>? kind = null, [Query(CollectionFormat.Multi)] IEnumerable<string>? tag = null,
        [Query(CollectionFormat.Multi)] IEnumerable<string>? id = null, string? q = null, bool? unseen = null, bool? answeredWrong = null,
        CancellationToken cancellationToken = default);

    /// <summary>Gets a random question that matches the filters, without its key.</summary>
    [Get("/questions/random")]
    Task<QuestionPage> GetRandomQuestionAsync(
        [Query(CollectionFormat.Multi)] IEnumerable<string>? company = null, CompanyMatch? companyMatch = null,
        [Query(CollectionFormat.Multi)] IEnumerable<Difficulty>? difficulty = null, [Query(CollectionFormat.Multi)] IEnumerable<string>? topic = null,
        [Query(CollectionFormat.Multi)] IEnumerable<QuestionKind>? kind = null, [Query(CollectionFormat.Multi)] IEnumerable<string>? tag = null,
        [Query(CollectionFormat.Multi)] IEnumerable<string>? id = null, string? q = null, bool? unseen = null, bool? answeredWrong = null,
        CancellationToken cancellationToken = default);

    /// <summary>Gets a question without its key.</summary>
    [Get("/questions/{id}")]
    Task<QuestionPage> GetQuestionAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Gets one hint of a question, counted from 1.</summary>
    [Get("/questions/{id}/hints/{number}")]
    Task<QuestionHint> GetHintAsync(string id, int number, CancellationToken cancellationToken = default);

    /// <summary>Gets the model answer of an interview question.</summary>
    [Get("/questions/{id}/answer")]
    Task<InterviewAnswer> GetAnswerAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Adds a question; requires the write key.</summary>
    [Post("/questions")]
    Task<QuestionPage> CreateQuestionAsync([Body] QuestionContract question, CancellationToken cancellationToken = default);

    /// <summary>Adds or replaces a question; requires the write key.</summary>
    [Put("/questions/{id}")]
    Task<QuestionPage> ReplaceQuestionAsync(string id, [Body] QuestionContract question, CancellationToken cancellationToken = default);

    /// <summary>Retires a question; requires the write key.</summary>
    [Delete("/questions/{id}")]
    Task DeleteQuestionAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Adds and replaces many questions, all or none; requires the write key.</summary>
    [Post("/questions/import")]
    Task<ImportReport> ImportQuestionsAsync([Body] QuestionSetContract questions, CancellationToken cancellationToken = default);

    /// <summary>Exports all questions with their keys; requires the write key.</summary>
    [Get("/questions/export?format=json")]
    Task<QuestionSetContract> ExportQuestionsAsync(CancellationToken cancellationToken = default);

    /// <summary>Exports all questions with their keys as text in one of the formats; requires the write key.</summary>
    [Get("/questions/export")]
    Task<string> ExportQuestionsAsync(ExportFormat format, CancellationToken cancellationToken = default);

    /// <summary>Reports an error in a question.</summary>
    [Post("/questions/{id}/reports")]
    Task<QuestionReportPage> ReportQuestionAsync(string id, [Body] QuestionReportRequest report, CancellationToken cancellationToken = default);

    /// <summary>Lists the reported errors, the oldest first; requires the write key.</summary>
    [Get("/questions/reports")]
    Task<QuestionReportList> ListQuestionReportsAsync(
        string? questionId = null, int? limit = null, string? cursor = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes a report that was dealt with; requires the write key.</summary>
    [Delete("/questions/reports/{number}")]
    Task DeleteQuestionReportAsync(long number, CancellationToken cancellationToken = default);

    /// <summary>Lists the study sets.</summary>
    [Get("/study-sets")]
    Task<StudySetList> ListStudySetsAsync(CancellationToken cancellationToken = default);

    /// <summary>Gets a study set with its items in order.</summary>
    [Get("/study-sets/{id}")]
    Task<StudySetPage> GetStudySetAsync(string id, CancellationToken cancellationToken = default);
}
