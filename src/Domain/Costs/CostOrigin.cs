namespace Backprop.Domain.Costs;

/// <summary>How one figure comes about.</summary>
/// <param name="Figure">Its path in the answer.</param>
/// <param name="Formula">The formula, with its variables and the numbers put in.</param>
/// <param name="Source">Where the formula comes from.</param>
/// <param name="Convention">What is counted how; null where there is no choice.</param>
public sealed record CostOrigin(string Figure, string Formula, string Source, string? Convention = null);

/// <summary>Figures that cannot all be true.</summary>
/// <param name="Path">The member of the request that does not fit.</param>
/// <param name="Factor">By what factor it is off, above 1.</param>
/// <param name="Message">What does not fit, in words and numbers.</param>
public sealed record CostConflict(string Path, double Factor, string Message);
