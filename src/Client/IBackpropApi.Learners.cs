using Backprop.Client.Learners;
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
