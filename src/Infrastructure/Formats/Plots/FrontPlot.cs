namespace Backprop.Infrastructure.Formats.Plots;

/// <summary>What is plotted of a trade-off between memory and time.</summary>
/// <param name="Title">What it is of.</param>
/// <param name="IsBytes">True where memory counts in bytes, false where it counts in activations.</param>
/// <param name="Front">The points of which none is beaten in both, in any order.</param>
/// <param name="Marks">Points with a name, on the front or above it.</param>
public sealed record FrontPlot(string Title, bool IsBytes, IReadOnlyList<PlotPoint> Front, IReadOnlyList<PlotPoint> Marks);

/// <summary>A point of a plot.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Memory">Its memory, at least 0.</param>
/// <param name="Overhead">Its further time as a share of the whole, at least 0.</param>
public sealed record PlotPoint(string Label, double Memory, double Overhead);
