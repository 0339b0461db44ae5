using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Backprop.Api.Platform.Hosting;

/// <summary>Work to do once before the first request, such as compiling what every request needs.</summary>
/// <param name="Name">Its name in the health report.</param>
/// <param name="Run">Does the work.</param>
internal sealed record WarmUpStep(string Name, Func<CancellationToken, Task> Run);

/// <summary>Runs every registered <see cref="WarmUpStep"/> in the background after startup; the service is ready when they are done.</summary>
/// <param name="steps">The steps, run one after another.</param>
/// <param name="logger">Logs steps that fail.</param>
internal sealed class WarmUp(IEnumerable<WarmUpStep> steps, ILogger<WarmUp> logger) : BackgroundService, IHealthCheck
{
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _current = "not started";

    /// <summary>Completes with the warm-up. What may wait until then would only delay it.</summary>
    public Task Done => done.Task;

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_current is { } step ? HealthCheckResult.Unhealthy(step) : HealthCheckResult.Healthy());

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        foreach (var step in steps)
        {
            _current = $"warming up: {step.Name}";
            try
            {
                await step.Run(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // A cold start is slower, not wrong: the first request repeats the step that failed and reports its error.
                logger.LogWarning(exception, "Warm-up step {Step} failed", step.Name);
            }
        }

        // What starting leaves behind would stay until the first collection, which an idle service never has. No request waits for it yet.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        _current = null;
        done.SetResult();
    }
}
