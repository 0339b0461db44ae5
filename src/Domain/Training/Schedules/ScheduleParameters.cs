using Backprop.Domain.Graphs;
using Backprop.Domain.Suggestions;

namespace Backprop.Domain.Training.Schedules;

/// <summary>Which parameters a schedule has, besides those that all have.</summary>
internal static class ScheduleParameters
{
    private static readonly string[] Shared = ["warmupSteps", "totalSteps"];

    /// <summary>Requires that the schedule has all parameters that are given.</summary>
    /// <exception cref="GraphException">It does not have one of them.</exception>
    public static void Require(ScheduleOptions options)
    {
        (string label, string[] own) = Of(options.Name);
        foreach (string name in Given(options))
        {
            if (!own.Contains(name))
            {
                string known = NameSuggestions.Alternatives([.. own, .. Shared]);
                throw new GraphException($"schedule.{name}", $"the schedule {label} has no {name}; it has {known}");
            }
        }
    }

    private static (string Label, string[] Own) Of(ScheduleName name) => name switch
    {
        ScheduleName.Linear => ("linear", ["startFactor", "endFactor"]),
        ScheduleName.Cosine => ("cosine", ["minimum"]),
        ScheduleName.Step => ("step", ["stepSize", "gamma"]),
        ScheduleName.Exponential => ("exponential", ["gamma"]),
        ScheduleName.OneCycle => ("oneCycle", ["maximum", "pctStart", "divFactor", "finalDivFactor"]),
        _ => ("constant", []),
    };

    private static IEnumerable<string> Given(ScheduleOptions options) => new (string Name, bool IsGiven)[]
    {
        ("startFactor", options.StartFactor.HasValue),
        ("endFactor", options.EndFactor.HasValue),
        ("minimum", options.Minimum.HasValue),
        ("stepSize", options.StepSize.HasValue),
        ("gamma", options.Gamma.HasValue),
        ("maximum", options.Maximum.HasValue),
        ("pctStart", options.PctStart.HasValue),
        ("divFactor", options.DivFactor.HasValue),
        ("finalDivFactor", options.FinalDivFactor.HasValue),
    }.Where(parameter => parameter.IsGiven).Select(parameter => parameter.Name);
}
