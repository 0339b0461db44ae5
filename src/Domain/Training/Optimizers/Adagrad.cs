using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Training.Optimizers;

/// <summary>
/// s += g², θ −= η/(1 + (t − 1)·decay) · g/(√s + ε). Source: Duchi, Hazan and Singer, "Adaptive Subgradient Methods" (2011), as
/// <c>torch.optim.Adagrad</c>.
/// </summary>
internal static class Adagrad
{
    public static OptimizerRow Row { get; } = new(OptimizerName.Adagrad, "adagrad",
    [
        new(Hyperparameter.LearningRate, 1e-2), new("decay", 0), new("weightDecay", 0), new("epsilon", 1e-10),
    ],
    given =>
    [
        .. GradientTransformation.AddDecayedWeights(given["weightDecay"]),
        new GradientTransformation(["sum"], (u, g) => Scaled(u, g, given["decay"], given["epsilon"])),
    ]);

    private static Node Scaled(ParameterUpdate u, Node gradient, double decay, double epsilon)
    {
        GraphBuilder b = u.B;
        Node sum = u.Keep("sum", b.Add(u.State("sum"), b.Square(gradient)));
        Node scaled = b.Div(gradient, b.Plus(b.Sqrt(sum), epsilon));
        return decay == 0 ? scaled : b.Mul(scaled, u.Number(b.Reciprocal(b.Plus(b.Times(b.Plus(u.Count, -1), decay), 1))));
    }
}
