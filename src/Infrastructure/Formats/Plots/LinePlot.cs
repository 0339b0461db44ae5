namespace Backprop.Infrastructure.Formats.Plots;

/// <summary>Charts of curves, one below the other.</summary>
/// <param name="Title">The title of all of them.</param>
/// <param name="Charts">The charts.</param>
/// <param name="Note">Sentences that are shown below the charts, or null.</param>
public sealed record LinePlot(string Title, IReadOnlyList<LineChart> Charts, string? Note = null);

/// <summary>Curves with common axes.</summary>
/// <param name="Title">Its title.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Lines">The curves.</param>
/// <param name="Marks">Named places on the horizontal axis.</param>
public sealed record LineChart(string Title, LineAxis X, LineAxis Y, IReadOnlyList<Line> Lines, IReadOnlyList<LineMark> Marks);

/// <summary>An axis.</summary>
/// <param name="Label">What it counts, with its unit.</param>
/// <param name="IsLogarithmic">Whether equal ratios have equal lengths; only positive numbers have a place on it.</param>
public sealed record LineAxis(string Label, bool IsLogarithmic);

/// <summary>A curve. Where a number has no place on an axis, it is interrupted.</summary>
/// <param name="Name">Its name.</param>
/// <param name="X">The horizontal coordinates.</param>
/// <param name="Y">The vertical coordinates, as many.</param>
public sealed record Line(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y);

/// <summary>A named place on the horizontal axis.</summary>
/// <param name="At">The place.</param>
/// <param name="Label">Its name.</param>
public sealed record LineMark(double At, string Label);
