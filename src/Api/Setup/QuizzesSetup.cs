using Backprop.Api.Features.Questions;
using Backprop.Api.Features.Quizzes;
using Backprop.Api.Platform.Limits;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Interviews;
using Backprop.Domain.Practice.Notes;
using Backprop.Domain.Practice.Quizzes;
using Backprop.Domain.Practice.Reports;
using Backprop.Domain.Practice.StudySets;
using Backprop.Infrastructure.Practice;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Setup;

/// <summary>Quizzes, interviews, study sets, notes and reports, and how often one client may create one.</summary>
internal static class QuizzesSetup
{
    /// <summary>Registers their services and binds <c>RateLimits</c>.</summary>
    /// <param name="builder">The application being built.</param>
    public static WebApplicationBuilder AddBackpropQuizzes(this WebApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddOptions<RateLimits>().BindConfiguration(RateLimits.Section)
            .Validate(limits => limits.QuizzesPerMinute >= 0, $"{RateLimits.Section}:QuizzesPerMinute must not be negative.")
            .Validate(limits => limits.SignInsPerMinute >= 0, $"{RateLimits.Section}:SignInsPerMinute must not be negative.").ValidateOnStart();
        services.Configure<RateLimiterOptions>(options => options.AddPolicy<string, QuizCreationRateLimit>(QuizCreationRateLimit.Policy));
        services.AddSingleton<QuestionGrader>();
        services.AddSingleton<FigureRenderer>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<QuizService>(provider, Limits(provider).QuizQuota()));
        services.AddSingleton<QuizMapper>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<InterviewService>(provider, Limits(provider).InterviewQuota()));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<NoteService>(provider, Limits(provider).NoteLimit()));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ReportService>(provider, Limits(provider).ReportQuota()));
        services.AddSingleton(_ => StudySetContent.Read());
        services.AddSingleton<StudyService>();
        services.AddHostedService<ExpiredQuizCleanupService>();
        return builder;
    }

    private static BackpropLimits Limits(IServiceProvider provider) => provider.GetRequiredService<IOptions<BackpropLimits>>().Value;
}
