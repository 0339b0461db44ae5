using Backprop.Api.Platform.Hosting;
using Backprop.Api.Platform.Limits;
using Backprop.Infrastructure.Persistence.Quizzes;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Features.Quizzes;

/// <summary>Deletes anonymous quizzes and interviews once they are older than <c>Limits:AnonymousQuizDays</c>.</summary>
/// <param name="quizzes">Deletes them.</param>
/// <param name="limits">The maximum age.</param>
/// <param name="time">The clock.</param>
/// <param name="warmUp">Comes first.</param>
/// <param name="logger">Logs how many were deleted.</param>
internal sealed class ExpiredQuizCleanupService(
    ExpiredQuizDeleter quizzes, IOptionsMonitor<BackpropLimits> limits, TimeProvider time, WarmUp warmUp, ILogger<ExpiredQuizCleanupService> logger)
    : HourlyCleanup(time, warmUp, logger)
{
    /// <inheritdoc/>
    protected override string Subject => "expired anonymous quizzes and interviews";

    /// <inheritdoc/>
    protected override double Days => limits.CurrentValue.AnonymousQuizDays;

    /// <inheritdoc/>
    protected override Task<int> DeleteAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        quizzes.DeleteAsync(before, cancellationToken);
}
