using System.Collections.Immutable;

namespace Backprop.Domain.Training.Optimizers;

/// <summary>The definition of an optimizer.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Label">Its name in a request.</param>
/// <param name="Hyperparameters">What it can be given.</param>
/// <param name="Chain">Its transformations, in their order.</param>
internal sealed record OptimizerRow(
    OptimizerName Name, string Label, ImmutableArray<Hyperparameter> Hyperparameters,
    Func<Hyperparameters, ImmutableArray<GradientTransformation>> Chain);
