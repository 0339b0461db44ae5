using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Training.Optimizers;

/// <summary>
/// s = αs + (1 − α)g², θ −= η·g/(√s + ε); centred, s − ḡ² instead of s with the average gradient ḡ; with momentum, v = μv + g/(√s + ε) is subtracted.
/// Sources: Hinton, lecture 6e of "Neural Networks for Machine Learning" (2012); Graves, "Generating Sequences with Recurrent Neural Networks" (2013)
/// for the centred form; as <c>torch.optim.RMSprop</c>.
/// </summary>
internal static class RmsProp
{
    public static OptimizerRow Row { get; } = new(OptimizerName.RmsProp, "rmsprop",
    [
        new(Hyperparameter.LearningRate, 1e-2), new("alpha", 0.99), new("epsilon", 1e-8), new("weightDecay", 0), new("momentum", 0),
        new("centered", 0),
    ],
    given =>
    [
        .. GradientTransformation.AddDecayedWeights(given["weightDecay"]),
        given.Has("centered")
            ? new GradientTransformation(["square", "average"], (u, g) => Scaled(u, g, given, Variance(u, g, given["alpha"])))
            : new GradientTransformation(["square"], (u, g) => Scaled(u, g, given, Square(u, g, given["alpha"]))),
        .. GradientTransformation.Momentum(given["momentum"]),
    ]);

    private static Node Scaled(ParameterUpdate u, Node gradient, Hyperparameters given, Node square) =>
        u.B.Div(gradient, u.B.Plus(u.B.Sqrt(square), given["epsilon"]));

    private static Node Square(ParameterUpdate u, Node gradient, double alpha) => u.Average("square", alpha, u.B.Square(gradient));

    // Rounding can make the difference negative, where PyTorch's root is NaN.
    private static Node Variance(ParameterUpdate u, Node gradient, double alpha) => u.B.Max(
        u.B.Sub(Square(u, gradient, alpha), u.B.Square(u.Average("average", alpha, gradient))), u.B.Scalar(0, gradient.DType));
}
