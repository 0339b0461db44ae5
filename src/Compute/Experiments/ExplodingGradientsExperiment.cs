using Backprop.Domain.Graphs;

namespace Backprop.Compute.Experiments;

/// <summary>Gradients that become larger from layer to layer.</summary>
internal static class ExplodingGradientsExperiment
{
    private const int Depths = 10;

    /// <summary>The experiment.</summary>
    public static Experiment Definition { get; } = new(
        "exploding-gradients",
        "Gradients that explode with depth",
        "The norm of all gradients of a network of ReLU layers as it becomes deeper, with weights that are larger than He's initialization by a " +
            "gain: each layer multiplies by it, until the numbers of the element type end. For comparison the same with a gain of 1, and with " +
            "layer normalisation.",
        [
            "On the logarithmic axis the norm is a straight line, whose slope is the gain.",
            "In float32 the line ends at about 1e38: what follows is infinity and NaN.",
            "Layer normalisation takes the gain out again, since it divides by the size of the sums.",
        ],
        [
            ExperimentParameter.Integer("depth", 100, 5, 150, "Layers of the deepest network."),
            ExperimentParameter.Integer("width", 32, 4, 64, "Units per layer."),
            ExperimentParameter.Integer("examples", 16, 1, 64, "Examples in the batch."),
            ExperimentParameter.Number("gain", 3, 0.1, 100, "What weights are multiplied by, relative to He's initialization."),
            ExperimentParameter.Choice("activation", ["relu", "tanh", "gelu", "identity"], "The activation of every layer."),
            ExperimentParameter.Choice("dtype", ["float32", "float64"], "The element type."),
        ],
        Run);

    private static ExperimentResult Run(ExperimentRun run)
    {
        int depth = run.Integer("depth");
        int[] depths = [.. Enumerable.Range(1, Depths).Select(i => (int)Math.Round(depth * i / (double)Depths)).Distinct()];
        var chosen = new DeepNetwork(run.Choice("activation"), "he", false, false)
        {
            Gain = run.Number("gain"),
            DType = run.Choice("dtype") == "float32" ? DType.Float32 : DType.Float64,
        };
        (DeepNetwork Network, double[] Norms)[] found =
        [
            .. new[] { chosen, chosen with { Gain = 1 }, chosen with { Normalized = true } }.Distinct()
                .Select(network => (network, depths.Select(layers => Norm(run, network, layers)).ToArray())),
        ];
        double[] x = [.. depths.Select(layers => (double)layers)];
        return new ExperimentResult(
            [
                new ExperimentChart("depth", "Norm of all gradients as the network becomes deeper", new("layers"), new("norm", null, true),
                    [.. found.Select(one => new ExperimentSeries(one.Network.Name, x, one.Norms))]),
            ],
            new ExperimentTable(
                [new("layers"), .. found.Select(one => new TableColumn(one.Network.Name))],
                [.. depths.Select((layers, i) => (IReadOnlyList<ScalarValue>)[layers, .. found.Select(one => (ScalarValue)one.Norms[i])])]),
            string.Join(' ', found.Select((one, i) => Sentence(one.Network, one.Norms, depths, i == 0))));
    }

    private static double Norm(ExperimentRun run, DeepNetwork network, int layers) =>
        Tensors.Norm(network.GradientNorms(run, layers, run.Integer("width"), run.Integer("examples")));

    private static string Sentence(DeepNetwork network, double[] norms, int[] depths, bool isFirst)
    {
        int finite = norms.TakeWhile(norm => double.IsFinite(norm) && norm > 0).Count();
        string end = finite == norms.Length
            ? $", to a norm of {Figures.Of(norms[^1])} at {depths[^1]}"
            : $"; at {depths[finite]} layers it is {Figures.Of(norms[finite])}, beyond the range of {network.DType.Label()}";
        string factor = finite < 2 ? "grows beyond all numbers at once"
            : $"is multiplied by {Figures.Of(Factor(norms[..finite], depths[..finite]))} per layer{end}";
        return $"With {network.Name} the gradient {factor}{(isFirst && finite < 2 ? $": it is {Figures.Of(norms[0])} at {depths[0]} layers" : "")}.";
    }

    /// <summary>The factor per layer by least squares of the logarithms.</summary>
    internal static double Factor(double[] norms, int[] depths)
    {
        double mean = depths.Average(), level = norms.Average(Math.Log);
        return Math.Exp(depths.Zip(norms, (depth, norm) => (depth - mean) * (Math.Log(norm) - level)).Sum()
            / depths.Sum(depth => (depth - mean) * (depth - mean)));
    }
}
