using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Training.Optimizers;

/// <summary>A step on the way from the gradient of a parameter to its update.</summary>
/// <param name="States">The names of the values that it keeps from update to update.</param>
/// <param name="Apply">The transformed gradient; the transformation keeps its new states in the update.</param>
internal sealed record GradientTransformation(ImmutableArray<string> States, Func<ParameterUpdate, Node, Node> Apply)
{
    /// <summary>g + λθ: the gradient of the loss plus ½λ‖θ‖². After the other transformations it is decoupled weight decay.</summary>
    public static ImmutableArray<GradientTransformation> AddDecayedWeights(double weightDecay) => weightDecay == 0 ? [] :
        [new([], (u, g) => u.B.Add(g, u.B.Times(u.Parameter, weightDecay)))];

    /// <summary>
    /// v = μv + (1 − τ)g, or g at the first update; Nesterov: g + μv. Source: Sutskever, Martens, Dahl and Hinton, "On the importance of
    /// initialization and momentum in deep learning" (2013), in the form of <c>torch.optim.SGD</c>.
    /// </summary>
    public static ImmutableArray<GradientTransformation> Momentum(double momentum, double dampening = 0, bool nesterov = false) =>
        momentum == 0 ? [] :
        [new(["momentum"], (u, g) =>
        {
            // v is 0 at first.
            Node added = dampening == 0 ? g : u.B.Mul(u.Number(u.AtFirst(1, 1 - dampening)), g);
            Node v = u.Keep("momentum", u.B.Add(u.B.Times(u.State("momentum"), momentum), added));
            return nesterov ? u.B.Add(g, u.B.Times(v, momentum)) : v;
        })];
}
