using Backprop.Api.Features.TrainingRuns;
using Backprop.Api.Features.TrainingRuns.Events;
using Backprop.Api.Features.TrainingRuns.Execution;
using Backprop.Api.Platform.Limits;
using Backprop.Domain.Training.Runs;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Setup;

/// <summary>Training runs: submitting, computing, watching and keeping them.</summary>
internal static class TrainingSetup
{
    /// <summary>Registers their services and binds <c>Training</c>.</summary>
    /// <param name="builder">The application being built.</param>
    public static WebApplicationBuilder AddBackpropTraining(this WebApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddOptions<TrainingOptions>().BindConfiguration(TrainingOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TrainingOptions>, TrainingOptionsValidator>();
        services.AddSingleton<TrainingRequests>();
        services.AddSingleton<TrainingSubmissions>();
        services.AddSingleton<TrainedModels>();
        services.AddSingleton<EventFeeds>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<TrainingRunService>(
            provider, provider.GetRequiredService<IOptions<TrainingOptions>>().Value.RunQuota()));
        services.AddSingleton<TrainingWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<TrainingWorker>());
        services.AddHostedService<FinishedRunCleanupService>();
        return builder;
    }
}
