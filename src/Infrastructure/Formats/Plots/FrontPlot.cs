namespace Backprop.Infrastructure.Formats.Plots;

/// <summary>The data of a plot of memory against time.</summary>
/// <param name="Title">Its title.</param>
/// <param name="IsBytes">True if memory is in bytes, false if it is in activations.</param>
/// <param name="Front">The Pareto front: the points that no other point beats in both, in any order.</param>
/// <param name="Marks">Points with a name, on the front or above it.</param>
public sealed record FrontPlot(string Title, bool IsBytes, IReadOnlyList<PlotPoint> Front, IReadOnlyList<PlotPoint> Marks);

/// <summary>A point of a plot.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Memory">Its memory, at least 0.</param>
/// <param name="Overhead">Its additional time as a fraction of the whole, at least 0.</param>
public sealed record PlotPoint(string Label, double Memory, double Overhead);
