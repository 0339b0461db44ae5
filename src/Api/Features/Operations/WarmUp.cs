using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Backprop.Api.Features.Operations;

/// <summary>Work to be done once before the first request, such as compiling what every request needs.</summary>
/// <param name="Name">What it is, for the health report.</param>
/// <param name="Run">Does it.</param>
public sealed record WarmUpStep(string Name, Func<CancellationToken, Task> Run);

/// <summary>Runs every registered <see cref="WarmUpStep"/> behind the start; the service is ready when they are done.</summary>
/// <param name="steps">The steps, run one after the other.</param>
/// <param name="logger">Hears of steps that fail.</param>
public sealed class WarmUp(IEnumerable<WarmUpStep> steps, ILogger<WarmUp> logger) : BackgroundService, IHealthCheck
{
    private volatile string? _current = "waiting to begin";

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
                // A cold start is slower, not wrong: the first request repeats what failed here and reports it.
                logger.LogWarning(exception, "Warm-up step {Step} failed", step.Name);
            }
        }
        _current = null;
    }
}
