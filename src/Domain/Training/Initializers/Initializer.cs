using Backprop.Domain.Graphs;
using Backprop.Domain.Sampling;

namespace Backprop.Domain.Training.Initializers;

/// <summary>
/// Draws the initial value of a parameter as <c>torch.nn.init</c> does, from a sequence that the random seed and the parameter's name select.
/// Sources: Glorot and Bengio (2010) for Xavier; He et al. (2015) for He; LeCun et al., "Efficient BackProp" (1998); Saxe, McClelland and Ganguli
/// (2014) for orthogonal matrices. The default gain is 1, for He √2, the gain of ReLU.
/// </summary>
public static class Initializer
{
    /// <summary>The initial value.</summary>
    /// <param name="options">How it is drawn, after <see cref="InitializerRules.Require"/>.</param>
    /// <param name="type">Its type.</param>
    /// <param name="seed">The random seed of the run.</param>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="evaluator">Factors matrices.</param>
    public static Tensor Draw(InitializerOptions options, TensorType type, long seed, string parameter, Evaluator evaluator)
    {
        var random = SeededGenerator.For(seed, $"parameter {parameter}");
        double gain = options.Gain ?? 1;
        (double inputs, double outputs) = Fans(type.Shape, options.Fan);
        return options.Name switch
        {
            InitializerName.Zeros => Tensor.Zeros(type),
            InitializerName.Ones => Tensor.Filled(type, 1),
            InitializerName.Constant => Tensor.Filled(type, options.Value ?? 0),
            InitializerName.Uniform => Uniform(type, random, options.Low ?? 0, options.High ?? 1),
            InitializerName.Normal => Normal(type, random, options.Mean ?? 0, options.Std ?? 1),
            InitializerName.XavierUniform => Within(type, random, gain * Math.Sqrt(6 / (inputs + outputs))),
            InitializerName.XavierNormal => Normal(type, random, 0, gain * Math.Sqrt(2 / (inputs + outputs))),
            InitializerName.HeUniform => Within(type, random, (options.Gain ?? Math.Sqrt(2)) * Math.Sqrt(3 / inputs)),
            InitializerName.HeNormal => Normal(type, random, 0, (options.Gain ?? Math.Sqrt(2)) / Math.Sqrt(inputs)),
            InitializerName.LecunNormal => Normal(type, random, 0, gain / Math.Sqrt(inputs)),
            _ => OrthogonalMatrix.Draw(type, random, gain, evaluator),
        };
    }

    /// <summary>The values that each output of a weight is computed from, and the outputs that each input contributes to.</summary>
    internal static (double Inputs, double Outputs) Fans(Shape shape, FanLayout? layout)
    {
        if (shape.Rank < 2)
        {
            return (shape.Count, shape.Count);
        }

        double field = shape.CountOf(2, shape.Rank);
        bool isOutIn = (layout ?? (shape.Rank > 2 ? FanLayout.OutIn : FanLayout.InOut)) == FanLayout.OutIn;
        return isOutIn ? (shape[1] * field, shape[0] * field) : (shape[0] * field, shape[1] * field);
    }

    /// <summary>Independent draws.</summary>
    internal static Tensor Drawn(TensorType type, Func<double> draw)
    {
        Tensor tensor = Tensor.Zeros(type);
        for (int i = 0; i < tensor.Count; i++)
        {
            tensor[i] = draw();
        }

        return tensor;
    }

    private static Tensor Within(TensorType type, SeededGenerator random, double bound) => Uniform(type, random, -bound, bound);

    private static Tensor Uniform(TensorType type, SeededGenerator random, double low, double high) =>
        Drawn(type, () => low + ((high - low) * random.Unit()));

    private static Tensor Normal(TensorType type, SeededGenerator random, double mean, double deviation) =>
        Drawn(type, () => mean + (deviation * random.Normal()));
}
