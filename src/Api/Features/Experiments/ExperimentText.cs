using Backprop.Compute.Experiments;

namespace Backprop.Api.Features.Experiments;

/// <summary>The description of an experiment in the OpenAPI document.</summary>
internal static class ExperimentText
{
    /// <summary>What it shows, and what to look for.</summary>
    public static string Describe(Experiment experiment)
    {
        string bits = experiment.Measures
            ? "The same parameters and seed give the same bits of everything but times, and of what the conclusion says of them."
            : "The same parameters and seed give the same bits.";
        return $"{experiment.Shows}\n\n{string.Concat(experiment.LookFor.Select(hint => $"- {hint}\n"))}\n{bits} " +
            "With `Accept: image/svg+xml` the answer is a picture of the charts.";
    }
}
