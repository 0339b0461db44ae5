using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Training.Optimizers;

/// <summary>The update of one parameter, as a graph in the making.</summary>
/// <param name="b">Makes the nodes.</param>
/// <param name="parameter">The parameter before the update.</param>
/// <param name="states">Its states before the update, by name.</param>
/// <param name="learningRate">The learning rate: float64, of rank 0.</param>
/// <param name="count">The number of updates including this one: float64, of rank 0.</param>
public sealed class ParameterUpdate(GraphBuilder b, Node parameter, IReadOnlyDictionary<string, Node> states, Node learningRate, Node count)
{
    private readonly Dictionary<string, Node> kept = new(StringComparer.Ordinal);

    /// <summary>Makes the nodes.</summary>
    public GraphBuilder B => b;

    /// <summary>The parameter before the update.</summary>
    public Node Parameter => parameter;

    /// <summary>The learning rate: float64, of rank 0.</summary>
    public Node LearningRate => learningRate;

    /// <summary>The number of updates including this one: float64, of rank 0.</summary>
    public Node Count => count;

    /// <summary>A state before the update.</summary>
    public Node State(string name) => states[name];

    /// <summary>Keeps the value of a state after the update.</summary>
    /// <returns>The value.</returns>
    public Node Keep(string name, Node value) => kept[name] = value;

    /// <summary>A state after the update.</summary>
    public Node Kept(string name) => kept[name];

    /// <summary>A number of float64 in the parameter's type. Numbers are computed in float64, as PyTorch does in Python.</summary>
    public Node Number(Node number) => b.Cast(number, parameter.DType);

    /// <summary>One number for the first update, another after it.</summary>
    public Node AtFirst(double first, double later) =>
        b.Where(b.Greater(count, b.Scalar(1, DType.Float64)), b.Scalar(later, DType.Float64), b.Scalar(first, DType.Float64));

    /// <summary>1 − βᵗ with the number of updates t: what an average with decay β that starts at 0 adds up to.</summary>
    public Node BiasCorrection(double beta) =>
        b.Sub(b.Scalar(1, DType.Float64), b.Pow(b.Scalar(beta, DType.Float64), count));

    /// <summary>The exponential moving average βs + (1 − β)x of a state, which is kept.</summary>
    public Node Average(string name, double beta, Node x) => Keep(name, b.Add(b.Times(State(name), beta), b.Times(x, 1 - beta)));
}
