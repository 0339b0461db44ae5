using Backprop.Client.Practice;
using Refit;

namespace Backprop.Client;

public partial interface IBackpropApi
{
    /// <summary>Creates a quiz; its keys stay on the server.</summary>
    [Post("/quizzes")]
    Task<QuizPage> CreateQuizAsync([Body] QuizRequest request, CancellationToken cancellationToken = default);

    /// <summary>Gets a quiz.</summary>
    [Get("/quizzes/{id}")]
    Task<QuizPage> GetQuizAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Grades an answer. Repeating it with the same key returns the same result.</summary>
    [Post("/quizzes/{id}/answers")]
    Task<QuizAnswerResult> AnswerQuizAsync(
        string id, [Body] QuizAnswerRequest answer, [Header("Idempotency-Key")] string? idempotencyKey = null,
            CancellationToken cancellationToken = default);

    /// <summary>Deletes a quiz.</summary>
    [Delete("/quizzes/{id}")]
    Task DeleteQuizAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Starts an interview question.</summary>
    [Post("/interviews")]
    Task<InterviewPage> StartInterviewAsync([Body] InterviewRequest request, CancellationToken cancellationToken = default);

    /// <summary>Gets an interview.</summary>
    [Get("/interviews/{id}")]
    Task<InterviewPage> GetInterviewAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Deletes an interview.</summary>
    [Delete("/interviews/{id}")]
    Task DeleteInterviewAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Reveals the next hint.</summary>
    [Post("/interviews/{id}/hints")]
    Task<QuestionHint> TakeHintAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Reveals the model answer and the rubric.</summary>
    [Post("/interviews/{id}/answer")]
    Task<InterviewReveal> RevealAnswerAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Keeps the learner's own answer, and reveals the model answer and the rubric.</summary>
    [Post("/interviews/{id}/answer")]
    Task<InterviewReveal> AnswerInterviewAsync(string id, [Body] InterviewAnswerRequest answer, CancellationToken cancellationToken = default);

    /// <summary>Marks the rubric facts that the answer mentions, and returns the score.</summary>
    [Put("/interviews/{id}/marks")]
    Task<InterviewMarks> MarkInterviewAsync(string id, [Body] InterviewMarksRequest marks, CancellationToken cancellationToken = default);
}
