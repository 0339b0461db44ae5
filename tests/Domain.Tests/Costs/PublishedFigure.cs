namespace Backprop.Domain.Tests.Costs;

/// <summary>A figure that a paper prints, and what the formulas give for it.</summary>
/// <param name="What">What the figure is of.</param>
/// <param name="Source">Where it is printed.</param>
/// <param name="Published">The figure as printed.</param>
/// <param name="Tolerance">By what the result may differ, relative.</param>
/// <param name="Why">Why by so much.</param>
/// <param name="Computed">The result.</param>
public sealed record PublishedFigure(string What, string Source, double Published, double Tolerance, string Why, Func<double> Computed)
{
    public override string ToString() => $"{What} ({Source})";
}
