using Backprop.Domain.Graphs;

namespace Backprop.Domain.Training.Optimizers;

/// <summary>Stochastic gradient descent, as <c>torch.optim.SGD</c>.</summary>
internal static class Sgd
{
    public static OptimizerRow Row { get; } = new(OptimizerName.Sgd, "sgd",
    [
        new(Hyperparameter.LearningRate, 1e-3), new("momentum", 0), new("dampening", 0, double.NegativeInfinity), new("weightDecay", 0),
        new("nesterov", 0),
    ],
    given =>
    [
        .. GradientTransformation.AddDecayedWeights(given["weightDecay"]),
        .. GradientTransformation.Momentum(given["momentum"], given["dampening"], IsNesterov(given)),
    ]);

    private static bool IsNesterov(Hyperparameters given) =>
        !given.Has("nesterov") || (given["momentum"] > 0 && given["dampening"] == 0)
            ? given.Has("nesterov")
            : throw new GraphException("optimizer.nesterov", "Nesterov momentum needs a momentum above 0 and no dampening");
}
