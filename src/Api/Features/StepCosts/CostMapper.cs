using Backprop.Client.Costs;
using Backprop.Domain.Costs;
using Backprop.Domain.Costs.Steps;

namespace Backprop.Api.Features.StepCosts;

/// <summary>What all answers about costs have in common.</summary>
public static class CostMapper
{
    /// <summary>Seconds of a day.</summary>
    public const double SecondsOfDay = 86_400;

    /// <summary>How figures come about.</summary>
    public static IReadOnlyList<FigureOrigin> Origins(IEnumerable<CostOrigin> origins) =>
        [.. origins.Select(origin =>
            new FigureOrigin { Figure = origin.Figure, Formula = origin.Formula, Convention = origin.Convention, Source = origin.Source })];

    /// <summary>What cannot be true at the same time.</summary>
    public static IReadOnlyList<Inconsistency> Conflicts(IEnumerable<CostConflict> conflicts) =>
        [.. conflicts.Select(conflict => new Inconsistency { Path = conflict.Path, Factor = conflict.Factor, Message = conflict.Message })];

    /// <summary>Two ends.</summary>
    public static TimeInterval Interval(Interval interval) => new() { Lower = interval.Lower, Upper = interval.Upper };
}
