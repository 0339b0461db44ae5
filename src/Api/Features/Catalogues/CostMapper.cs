using Backprop.Client.Costs;
using Backprop.Domain.Costs;
using Backprop.Domain.Costs.Steps;

namespace Backprop.Api.Features.Catalogues;

/// <summary>Mappings that all answers about costs share.</summary>
internal static class CostMapper
{
    /// <summary>Seconds per day.</summary>
    public const double SecondsOfDay = 86_400;

    /// <summary>How the figures are computed.</summary>
    public static IReadOnlyList<FigureOrigin> Origins(IEnumerable<CostOrigin> origins) =>
        [.. origins.Select(origin =>
            new FigureOrigin { Figure = origin.Figure, Formula = origin.Formula, Convention = origin.Convention, Source = origin.Source })];

    /// <summary>Contradictions.</summary>
    public static IReadOnlyList<Inconsistency> Conflicts(IEnumerable<CostConflict> conflicts) =>
        [.. conflicts.Select(conflict => new Inconsistency { Path = conflict.Path, Factor = conflict.Factor, Message = conflict.Message })];

    /// <summary>An interval.</summary>
    public static TimeInterval Interval(Interval interval) => new() { Lower = interval.Lower, Upper = interval.Upper };
}
