using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Training.Optimizers;

/// <summary>
/// θ −= η(sign(β₁m + (1 − β₁)g) + λθ), m = β₂m + (1 − β₂)g. Source: Chen et al., "Symbolic Discovery of Optimization Algorithms" (2023), program 1.
/// </summary>
internal static class Lion
{
    public static OptimizerRow Row { get; } = new(OptimizerName.Lion, "lion",
    [
        new(Hyperparameter.LearningRate, 1e-4), new("beta1", 0.9, Below: 1), new("beta2", 0.99, Below: 1), new("weightDecay", 0),
    ],
    given =>
    [
        new GradientTransformation(["m"], (u, g) => Direction(u, g, given["beta1"], given["beta2"])),
        .. GradientTransformation.AddDecayedWeights(given["weightDecay"]),
    ]);

    private static Node Direction(ParameterUpdate u, Node gradient, double beta1, double beta2)
    {
        Node direction = u.B.Sign(u.B.Add(u.B.Times(u.State("m"), beta1), u.B.Times(gradient, 1 - beta1)));
        u.Average("m", beta2, gradient);
        return direction;
    }
}
