namespace Backprop.Infrastructure.Formats.Diagrams.Layout;

/// <summary>The distances in a layered drawing, in pixels.</summary>
/// <param name="WithinColumn">Between the neighbours in a column.</param>
/// <param name="LeastBetweenColumns">Between columns whose edges are level.</param>
/// <param name="MostBetweenColumns">Between columns whose edges are steep.</param>
internal readonly record struct Spacing(double WithinColumn, double LeastBetweenColumns, double MostBetweenColumns);
