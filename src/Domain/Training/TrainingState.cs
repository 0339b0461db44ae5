using Backprop.Domain.Graphs;

namespace Backprop.Domain.Training;

/// <summary>The state of a run between two steps: all that is needed to continue it with the same bits.</summary>
/// <param name="Step">The number of steps done.</param>
/// <param name="Tensors">Parameters (<c>w</c>), optimizer states (<c>w/m</c>) and whatever else the run keeps, by name.</param>
/// <param name="Best">The parameters with the smallest loss so far; null before the first.</param>
/// <param name="WithoutImprovement">How many validations (recorded steps) have passed without a smaller loss.</param>
public sealed record TrainingState(long Step, IReadOnlyDictionary<string, Tensor> Tensors, BestParameters? Best, int WithoutImprovement);

/// <summary>The parameters with the smallest loss so far.</summary>
/// <param name="Step">The step whose loss it was.</param>
/// <param name="Loss">The loss.</param>
/// <param name="Parameters">The parameters.</param>
public sealed record BestParameters(long Step, double Loss, IReadOnlyDictionary<string, Tensor> Parameters);
