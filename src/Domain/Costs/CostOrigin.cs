namespace Backprop.Domain.Costs;

/// <summary>How one figure is computed.</summary>
/// <param name="Figure">Its path in the answer.</param>
/// <param name="Formula">The formula with its variables, and with the numbers inserted.</param>
/// <param name="Source">The source of the formula.</param>
/// <param name="Convention">The counting convention; null if there is no choice.</param>
public sealed record CostOrigin(string Figure, string Formula, string Source, string? Convention = null);

/// <summary>Figures that contradict each other.</summary>
/// <param name="Path">The inconsistent member of the request.</param>
/// <param name="Factor">The factor by which it is off, above 1.</param>
/// <param name="Message">The contradiction, in words and numbers.</param>
public sealed record CostConflict(string Path, double Factor, string Message);
