using Backprop.Domain.Practice;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Interviews;
using Backprop.Domain.Practice.Notes;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Quizzes;
using Backprop.Domain.Practice.Reports;
using Backprop.Domain.Practice.Reviews;
using Backprop.Domain.Practice.StudySets;
using Backprop.Domain.Practice.Templates;
using Backprop.Domain.Training.Runs;
using Backprop.Infrastructure.Persistence.Graphs;
using Backprop.Infrastructure.Persistence.Interviews;
using Backprop.Infrastructure.Persistence.Learners;
using Backprop.Infrastructure.Persistence.Questions;
using Backprop.Infrastructure.Persistence.Quizzes;
using Backprop.Infrastructure.Persistence.Quotas;
using Backprop.Infrastructure.Persistence.Training;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Backprop.Infrastructure.Persistence;

/// <summary>Registers the database.</summary>
public static class PersistenceServices
{
    /// <summary>
    /// Registers the context factory, the registry, the questions and practice over the SQLite file that the connection string names.
    /// </summary>
    public static IServiceCollection AddBackpropPersistence(this IServiceCollection services, string connectionString)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddPooledDbContextFactory<BackpropDbContext>(options => options
            .UseSqlite(connectionString)
            .AddInterceptors(new DurabilityInterceptor()));
        services.AddSingleton<ClientNames>();
        services.AddSingleton<GraphUses>();
        services.AddSingleton<GraphRegistry>();
        services.AddSingleton<QuestionBank>();
        services.AddSingleton<IQuestionBank>(provider => provider.GetRequiredService<QuestionBank>());
        services.AddSingleton<QuestionWriter>();
        services.AddSingleton<LoadedContent>();
        services.AddSingleton<GroupCommitQueue>();
        services.AddSingleton<DatabaseProbe>();
        services.AddSingleton<IPracticeTransactions, PracticeTransactions>();
        services.AddSingleton<IQuizStore, QuizStore>();
        services.AddSingleton<IInterviewStore, InterviewStore>();
        services.AddSingleton<ExpiredQuizDeleter>();
        services.AddSingleton<IReviewStore, ReviewCards>();
        services.AddSingleton<INoteStore, NoteStore>();
        services.AddSingleton<IStudyStore, StudyStore>();
        services.AddSingleton<IReportStore, ReportStore>();
        services.AddSingleton<ITrainingRunStore, TrainingRunStore>();
        services.AddSingleton<IRunLeases, RunLeases>();
        services.AddSingleton<LearnerHistory>();
        services.AddSingleton<LearnerData>();
        services.AddSingleton<LearnerSessions>();
        services.AddSingleton<LogErasure>();
        services.AddSingleton<LearnerSecrets>();
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<BackpropDbContext>>().CreateDbContext());
        services.TryAddSingleton<VariantDrawing>(_ => WithoutTemplates);
        services.TryAddSingleton<KeyFaults>(_ => WithoutEngine);
        return services;
    }

    // The default if an application registers no templates.
    private static Question WithoutTemplates(Question question, long seed) => question.Template is { } template
        ? throw new TemplateException("template.name", $"No template '{template.Name}'.")
        : question;

    // The default if an application cannot evaluate formulas: they are parsed, not run.
    private static IReadOnlyList<QuestionFault> WithoutEngine(Question question) => [];

    /// <summary>Creates the database and its folder if needed and migrates its schema. Several processes may start at once.</summary>
    /// <exception cref="InvalidOperationException">The file cannot be written.</exception>
    public static async Task MigrateAsync(IServiceProvider services, CancellationToken cancellationToken = default)
    {
        DbContextOptions<BackpropDbContext> options = services.GetRequiredService<DbContextOptions<BackpropDbContext>>();
        await DatabaseMigration.RunAsync(options, cancellationToken);
    }

    /// <summary>Builds the model of the database, so that the first request does not wait for it.</summary>
    public static void BuildModel(IServiceProvider services)
    {
        using BackpropDbContext context = services.GetRequiredService<IDbContextFactory<BackpropDbContext>>().CreateDbContext();
        _ = context.Model;
    }
}
