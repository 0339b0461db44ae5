using Backprop.Client.Practice;
using Refit;

namespace Backprop.Client;

public partial interface IBackpropApi
{
    /// <summary>Draws a quiz; its keys stay on the server.</summary>
    [Post("/quizzes")]
    Task<QuizPage> CreateQuizAsync([Body] QuizRequest request, CancellationToken cancellationToken = default);

    /// <summary>A quiz as it stands.</summary>
    [Get("/quizzes/{id}")]
    Task<QuizPage> GetQuizAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Grades an answer. Sent again with the same key it gives the same result.</summary>
    [Post("/quizzes/{id}/answers")]
    Task<QuizAnswerResult> AnswerQuizAsync(
        string id, [Body] QuizAnswerRequest answer, [Header("Idempotency-Key")] string? idempotencyKey = null,
            CancellationToken cancellationToken = default);

    /// <summary>Deletes a quiz.</summary>
    [Delete("/quizzes/{id}")]
    Task DeleteQuizAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Begins to practise with an interview question.</summary>
    [Post("/interviews")]
    Task<InterviewPage> StartInterviewAsync([Body] InterviewRequest request, CancellationToken cancellationToken = default);

    /// <summary>An interview as it stands.</summary>
    [Get("/interviews/{id}")]
    Task<InterviewPage> GetInterviewAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Deletes an interview.</summary>
    [Delete("/interviews/{id}")]
    Task DeleteInterviewAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Reveals the next hint.</summary>
    [Post("/interviews/{id}/hints")]
    Task<QuestionHint> TakeHintAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Reveals model answer and rubric.</summary>
    [Post("/interviews/{id}/answer")]
    Task<InterviewReveal> RevealAnswerAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Marks which facts of the rubric were named, and gives the score.</summary>
    [Put("/interviews/{id}/marks")]
    Task<InterviewMarks> MarkInterviewAsync(string id, [Body] InterviewMarksRequest marks, CancellationToken cancellationToken = default);
}
