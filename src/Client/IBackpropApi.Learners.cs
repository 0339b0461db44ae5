using Backprop.Client.Learners;
using Backprop.Client.Practice;
using Refit;

namespace Backprop.Client;

public partial interface IBackpropApi
{
    /// <summary>Registers an account unless the address has one; only signing in shows which.</summary>
    [Post("/account/register")]
    Task RegisterAsync([Body] Credentials credentials, CancellationToken cancellationToken = default);

    /// <summary>Signs in. Return its access token from <see cref="BackpropClientOptions.AccessToken"/> afterwards.</summary>
    [Post("/account/login")]
    Task<AccountTokens> SignInAsync([Body] Credentials credentials, CancellationToken cancellationToken = default);

    /// <summary>Exchanges a refresh token, which works once, for new tokens.</summary>
    [Post("/account/refresh")]
    Task<AccountTokens> RefreshTokensAsync([Body] TokenRefresh refresh, CancellationToken cancellationToken = default);

    /// <summary>Signs out: the tokens of this session are revoked.</summary>
    [Post("/account/sign-out")]
    Task SignOutAsync(CancellationToken cancellationToken = default);

    /// <summary>Gets the signed-in account.</summary>
    [Get("/account/manage/info")]
    Task<AccountInfo> GetAccountAsync(CancellationToken cancellationToken = default);

    /// <summary>Changes the password.</summary>
    [Post("/account/manage/info")]
    Task<AccountInfo> ChangePasswordAsync([Body] PasswordChange change, CancellationToken cancellationToken = default);

    /// <summary>Configures two-factor sign-in, or returns its state.</summary>
    [Post("/account/manage/2fa")]
    Task<TwoFactorState> SetUpTwoFactorAsync([Body] TwoFactorChange change, CancellationToken cancellationToken = default);

    /// <summary>Gets the learner's progress.</summary>
    [Get("/learners/me/progress")]
    Task<LearnerProgress> GetProgressAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists the questions that are due for review.</summary>
    [Get("/learners/me/reviews")]
    Task<ReviewQueue> ListReviewsAsync(int? limit = null, CancellationToken cancellationToken = default);

    /// <summary>Reviews a question.</summary>
    [Post("/learners/me/reviews/{questionId}")]
    Task<ReviewResult> ReviewAsync(string questionId, [Body] ReviewRequest review, CancellationToken cancellationToken = default);

    /// <summary>Lists a page of the questions with a star or a note.</summary>
    [Get("/learners/me/notes")]
    Task<QuestionNoteList> ListNotesAsync(bool? starred = null, int? limit = null, string? cursor = null,
        CancellationToken cancellationToken = default);

    /// <summary>Gets the star and the note of a question.</summary>
    [Get("/learners/me/notes/{questionId}")]
    Task<QuestionNotePage> GetNoteAsync(string questionId, CancellationToken cancellationToken = default);

    /// <summary>Stores a star and a note for a question, in place of earlier ones.</summary>
    [Put("/learners/me/notes/{questionId}")]
    Task<QuestionNotePage> SaveNoteAsync(string questionId, [Body] QuestionNoteRequest note, CancellationToken cancellationToken = default);

    /// <summary>Deletes the star and the note of a question.</summary>
    [Delete("/learners/me/notes/{questionId}")]
    Task DeleteNoteAsync(string questionId, CancellationToken cancellationToken = default);

    /// <summary>Lists the study sets with the learner's progress.</summary>
    [Get("/learners/me/study-sets")]
    Task<StudyProgressList> ListStudyProgressAsync(CancellationToken cancellationToken = default);

    /// <summary>Gets the learner's progress through a study set.</summary>
    [Get("/learners/me/study-sets/{id}")]
    Task<StudyProgressPage> GetStudyProgressAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Marks an item of a study set as done.</summary>
    [Put("/learners/me/study-sets/{id}/items/{number}")]
    Task<StudyProgressPage> MarkStudyItemAsync(string id, int number, CancellationToken cancellationToken = default);

    /// <summary>Removes such a mark.</summary>
    [Delete("/learners/me/study-sets/{id}/items/{number}")]
    Task<StudyProgressPage> UnmarkStudyItemAsync(string id, int number, CancellationToken cancellationToken = default);

    /// <summary>Lists the learner's interviews, the newest first.</summary>
    [Get("/learners/me/interviews")]
    Task<InterviewList> ListInterviewsAsync(string? questionId = null, int? limit = null, string? cursor = null,
        CancellationToken cancellationToken = default);

    /// <summary>Exports everything that the service holds of the learner.</summary>
    [Get("/learners/me/export")]
    Task<LearnerExport> ExportLearnerAsync(CancellationToken cancellationToken = default);

    /// <summary>Deletes the account and everything that belongs to it.</summary>
    [Delete("/learners/me")]
    Task DeleteLearnerAsync(CancellationToken cancellationToken = default);

    /// <summary>Gets the question of the day.</summary>
    [Get("/daily-question")]
    Task<DailyQuestion> GetDailyQuestionAsync(CancellationToken cancellationToken = default);

    /// <summary>Answers the question of the day.</summary>
    [Post("/daily-question/answers")]
    Task<DailyAnswerResult> AnswerDailyQuestionAsync([Body] DailyAnswerRequest answer, CancellationToken cancellationToken = default);
}
