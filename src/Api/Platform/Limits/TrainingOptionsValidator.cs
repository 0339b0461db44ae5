using Microsoft.Extensions.Options;

namespace Backprop.Api.Platform.Limits;

/// <summary>Rejects invalid limits of training runs at startup, naming each by its configuration key.</summary>
internal sealed class TrainingOptionsValidator : IValidateOptions<TrainingOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, TrainingOptions options)
    {
        (string Key, double Value, double Least, double Most)[] bounds =
        [
            (nameof(options.Concurrency), options.Concurrency, 0, 1024),
            (nameof(options.UnfinishedRuns), options.UnfinishedRuns, 0, int.MaxValue),
            (nameof(options.ClientUnfinishedRuns), options.ClientUnfinishedRuns, 0, int.MaxValue),
            (nameof(options.MaxSteps), options.MaxSteps, 1, long.MaxValue),
            (nameof(options.MaxSeconds), options.MaxSeconds, 1, double.MaxValue),
            (nameof(options.MaxDataBytes), options.MaxDataBytes, 0, long.MaxValue),
            (nameof(options.MaxStateBytes), options.MaxStateBytes, 1, Array.MaxLength),
            (nameof(options.MaxMetricBytes), options.MaxMetricBytes, 1, long.MaxValue),
            (nameof(options.Runs), options.Runs, 0, int.MaxValue),
            (nameof(options.RunBytes), options.RunBytes, 0, long.MaxValue),
            (nameof(options.ClientRuns), options.ClientRuns, 0, int.MaxValue),
            (nameof(options.ClientRunBytes), options.ClientRunBytes, 0, long.MaxValue),
            (nameof(options.RetentionDays), options.RetentionDays, 0, 36_500),
            (nameof(options.Watchers), options.Watchers, 0, int.MaxValue),
        ];
        string[] failures =
        [
            .. bounds.Where(bound => !(bound.Value >= bound.Least && bound.Value <= bound.Most))
                .Select(bound => $"{TrainingOptions.Section}:{bound.Key} must lie between {bound.Least} and {bound.Most}; got {bound.Value}."),
        ];
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
