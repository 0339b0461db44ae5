namespace Backprop.Domain.Tests.Costs;

/// <summary>A figure printed in a paper, and the result of our formulas for it.</summary>
/// <param name="What">What the figure is of.</param>
/// <param name="Source">Where it is printed.</param>
/// <param name="Published">The figure as printed.</param>
/// <param name="Tolerance">The allowed relative difference of the result.</param>
/// <param name="Why">The reason for the difference.</param>
/// <param name="Computed">The result.</param>
public sealed record PublishedFigure(string What, string Source, double Published, double Tolerance, string Why, Func<double> Computed)
{
    public override string ToString() => $"{What} ({Source})";
}
