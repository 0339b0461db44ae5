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

    /// <summary>Marks the rubric facts that the answer to an interview question of a quiz mentions.</summary>
    [Put("/quizzes/{id}/items/{number}/marks")]
    Task<QuizAnswerResult> MarkQuizItemAsync(string id, int number, [Body] QuizMarksRequest marks, CancellationToken cancellationToken = default);

    /// <summary>Adds another item like an answered one to a quiz, or returns the one that is not answered yet.</summary>
    [Post("/quizzes/{id}/items/{number}/another")]
    Task<QuizItem> AddAnotherItemAsync(string id, int number, CancellationToken cancellationToken = default);

    /// <summary>Finishes a quiz: unanswered items count as 0, and all keys are shown.</summary>
    [Post("/quizzes/{id}/finish")]
    Task<QuizPage> FinishQuizAsync(string id, CancellationToken cancellationToken = default);

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
