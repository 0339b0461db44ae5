using Backprop.Client.Learners;
using Refit;

namespace Backprop.Client;

public partial interface IBackpropApi
{
    /// <summary>Makes an account, unless the address has one: only signing in tells.</summary>
    [Post("/account/register")]
    Task RegisterAsync([Body] Credentials credentials, CancellationToken cancellationToken = default);

    /// <summary>Signs in. Its access token is what <see cref="BackpropClientOptions.AccessToken"/> gives from then on.</summary>
    [Post("/account/login")]
    Task<AccountTokens> SignInAsync([Body] Credentials credentials, CancellationToken cancellationToken = default);

    /// <summary>New tokens for a refresh token, which is used up.</summary>
    [Post("/account/refresh")]
    Task<AccountTokens> RefreshTokensAsync([Body] TokenRefresh refresh, CancellationToken cancellationToken = default);

    /// <summary>Signs out: the tokens of this sign-in are no longer taken.</summary>
    [Post("/account/sign-out")]
    Task SignOutAsync(CancellationToken cancellationToken = default);

    /// <summary>The account of who is signed in.</summary>
    [Get("/account/manage/info")]
    Task<AccountInfo> GetAccountAsync(CancellationToken cancellationToken = default);

    /// <summary>Changes the password.</summary>
    [Post("/account/manage/info")]
    Task<AccountInfo> ChangePasswordAsync([Body] PasswordChange change, CancellationToken cancellationToken = default);

    /// <summary>Sets up, or tells about, signing in with an authenticator app.</summary>
    [Post("/account/manage/2fa")]
    Task<TwoFactorState> SetUpTwoFactorAsync([Body] TwoFactorChange change, CancellationToken cancellationToken = default);

    /// <summary>How far the learner has come.</summary>
    [Get("/learners/me/progress")]
    Task<LearnerProgress> GetProgressAsync(CancellationToken cancellationToken = default);

    /// <summary>The questions that are due for review.</summary>
    [Get("/learners/me/reviews")]
    Task<ReviewQueue> ListReviewsAsync(int? limit = null, CancellationToken cancellationToken = default);

    /// <summary>Reviews a question.</summary>
    [Post("/learners/me/reviews/{questionId}")]
    Task<ReviewResult> ReviewAsync(string questionId, [Body] ReviewRequest review, CancellationToken cancellationToken = default);

    /// <summary>Everything that the service holds of the learner.</summary>
    [Get("/learners/me/export")]
    Task<LearnerExport> ExportLearnerAsync(CancellationToken cancellationToken = default);

    /// <summary>Deletes the account with everything that belongs to it.</summary>
    [Delete("/learners/me")]
    Task DeleteLearnerAsync(CancellationToken cancellationToken = default);

    /// <summary>The question of the day.</summary>
    [Get("/daily-question")]
    Task<DailyQuestion> GetDailyQuestionAsync(CancellationToken cancellationToken = default);

    /// <summary>Answers the question of the day.</summary>
    [Post("/daily-question/answers")]
    Task<DailyAnswerResult> AnswerDailyQuestionAsync([Body] DailyAnswerRequest answer, CancellationToken cancellationToken = default);
}
