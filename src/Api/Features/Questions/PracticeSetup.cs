using Backprop.Api.Protocols.OpenTdb;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Grading.Exercises;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Templates;
using Backprop.Infrastructure.Formats.Expressions;
using Backprop.Infrastructure.Persistence.Questions;
using Backprop.Infrastructure.Practice;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Features.Questions;

/// <summary>Practice: questions and everything built on them.</summary>
internal static class PracticeSetup
{
    /// <summary>Registers question drawing, formula comparison with the engine that computes keys, and the OpenTDB adapter.</summary>
    /// <param name="builder">The application being built.</param>
    public static WebApplicationBuilder AddBackpropPractice(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(provider => new VariantDrawer(provider.GetRequiredService<ExpressionParser>().Parse, HostExecutor.Evaluate));
        builder.Services.AddSingleton<VariantDrawing>(provider => provider.GetRequiredService<VariantDrawer>().Draw);
        builder.Services.AddSingleton(provider =>
        {
            ExpressionParser parser = provider.GetRequiredService<ExpressionParser>();
            return new ExpressionGrader(parser.Parse, parser.IsFunction, HostExecutor.Evaluate);
        });
        builder.Services.AddSingleton<ProgramReading>(provider => new ExercisePrograms(provider.GetRequiredService<IOptions<JsonOptions>>()).Read);
        builder.Services.AddSingleton<Evaluator>(HostExecutor.Evaluate);
        builder.Services.AddSingleton<DerivationGrader>();
        builder.Services.AddSingleton<DebuggingGrader>();
        builder.Services.AddSingleton<WorkedSolutions>();
        builder.Services.AddSingleton<KeyFaults>(provider => provider.GetRequiredService<QuestionGrader>().Faults);
        return builder.AddOpenTdb();
    }

    /// <summary>Synchronises the bank with the content files before the first request, unless it is as they left it.</summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="cancellationToken">Cancels; the bank stays unchanged.</param>
    /// <returns>What changed; null if nothing can have changed.</returns>
    /// <exception cref="QuestionFaultException">A content file has a fault; the exception names the position.</exception>
    public static async Task<StoreReport?> LoadQuestionsAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        byte[] hash = QuestionContent.Hash(typeof(HostExecutor).Assembly);
        return await services.GetRequiredService<LoadedContent>().IsAsync(hash, cancellationToken)
            ? null
            : await services.GetRequiredService<QuestionWriter>().LoadAsync(QuestionContent.Read(), hash, cancellationToken);
    }

    /// <summary>Logs what synchronising changed.</summary>
    /// <param name="logger">The log.</param>
    /// <param name="report">What changed.</param>
    public static void Log(ILogger logger, StoreReport? report)
    {
        if (report is not (null or { Added: 0, Changed: 0, Retired: 0 }))
        {
            logger.LogInformation("Questions of the content files: {Added} added, {Changed} changed, {Retired} retired", report.Added, report.Changed,
                report.Retired);
        }
    }
}
