using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Training.Optimizers;

/// <summary>
/// m = β₁m + (1 − β₁)g, v = β₂v + (1 − β₂)g², θ −= η/(1 − β₁ᵗ) · m/(√v/√(1 − β₂ᵗ) + ε). Source: Kingma and Ba, "Adam" (2015), algorithm 1, as
/// <c>torch.optim.Adam</c>; weight decay adds to the gradient.
/// </summary>
internal static class Adam
{
    public static OptimizerRow Row { get; } = new(OptimizerName.Adam, "adam", Hyperparameters(0), given =>
    [
        .. GradientTransformation.AddDecayedWeights(given["weightDecay"]),
        Scaling(given),
    ]);

    /// <summary>What Adam and AdamW can be given.</summary>
    /// <param name="weightDecay">The default of the weight decay.</param>
    public static ImmutableArray<Hyperparameter> Hyperparameters(double weightDecay) =>
    [
        new(Hyperparameter.LearningRate, 1e-3), new("beta1", 0.9, Below: 1), new("beta2", 0.999, Below: 1), new("epsilon", 1e-8),
        new("weightDecay", weightDecay),
    ];

    /// <summary>The gradient scaled by the estimates of its first two moments.</summary>
    public static GradientTransformation Scaling(Hyperparameters given) => new(["m", "v"], (u, g) =>
    {
        (GraphBuilder b, double beta1, double beta2) = (u.B, given["beta1"], given["beta2"]);
        Node m = u.Average("m", beta1, g);
        Node v = u.Average("v", beta2, b.Square(g));
        Node root = b.Mul(b.Sqrt(v), u.Number(b.Reciprocal(b.Sqrt(u.BiasCorrection(beta2)))));
        return b.Mul(b.Div(m, b.Plus(root, given["epsilon"])), u.Number(b.Reciprocal(u.BiasCorrection(beta1))));
    });
}
