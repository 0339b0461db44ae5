namespace Backprop.Compute.Experiments;

/// <summary>Gradients that become smaller from layer to layer.</summary>
internal static class VanishingGradientsExperiment
{
    private const int Depths = 5;
    private const double Vanished = 1e-3;

    private static readonly DeepNetwork[] References =
        [new("sigmoid", "xavier", false, false), new("tanh", "xavier", false, false), new("relu", "he", false, false)];

    /// <summary>The experiment.</summary>
    public static Experiment Definition { get; } = new(
        "vanishing-gradients",
        "Gradients that vanish on their way back",
        "The norm of the gradient of each layer's weights in a deep network at initialization. A layer multiplies the gradient by its weights " +
            "and by the derivative of its activation, at most 1/4 for the sigmoid. The network that you choose is compared with sigmoid and tanh " +
            "under Xavier's initialization, and with ReLU under He's.",
        [
            "On the logarithmic axis the sigmoid is a straight line down to the first layer: a constant factor per layer.",
            "Set residual: the sigmoid's line becomes flat, since the sum has an identity path. Normalization alone makes it only less steep.",
            "Choose relu with xavier instead of he: a factor of √2 per layer is lost.",
        ],
        [
            ExperimentParameter.Integer("depth", 20, 2, 50, "Layers."),
            ExperimentParameter.Integer("width", 32, 4, 64, "Units per layer."),
            ExperimentParameter.Integer("examples", 16, 1, 64, "Examples in the batch."),
            ExperimentParameter.Choice("activation", DeepNetwork.Activations, "The activation of every layer."),
            ExperimentParameter.Choice("initialization", DeepNetwork.Initializations,
                "How weights are drawn: normal with variance 1/width (xavier) or 2/width (he)."),
            ExperimentParameter.Boolean("residual", false, "Adds the input of a layer to its output."),
            ExperimentParameter.Choice("normalization", ["none", "layer"], "Layer normalisation before each activation."),
        ],
        Run);

    private static ExperimentResult Run(ExperimentRun run)
    {
        int depth = run.Integer("depth");
        var chosen = new DeepNetwork(
            run.Choice("activation"), run.Choice("initialization"), run.Flag("residual"), run.Choice("normalization") == "layer");
        DeepNetwork[] networks = [chosen, .. References.Where(reference => reference != chosen)];
        int[] depths = [.. Enumerable.Range(1, Depths).Select(i => (int)Math.Round(depth * i / (double)Depths))
            .Where(layers => layers > 1).Distinct()];
        double[][] ratios = [.. networks.Select(network => depths.Select(layers => Ratio(Norms(run, network, layers))).ToArray())];
        double[] layer = [.. Enumerable.Range(1, depth).Select(i => (double)i)];
        return new ExperimentResult(
            [
                new ExperimentChart("layers", $"Norm of the gradient in each of {depth} layers",
                    new("layer"), new("norm of the gradient", null, true),
                    [.. networks.Select(network => new ExperimentSeries(network.Name, layer, Norms(run, network, depth)))]),
                new ExperimentChart("depth", "First layer's norm over the last layer's, as the network becomes deeper",
                    new("layers"), new("ratio", null, true),
                    [.. networks.Zip(ratios, (network, ratio) =>
                        new ExperimentSeries(network.Name, [.. depths.Select(layers => (double)layers)], ratio))]),
            ],
            new ExperimentTable(
                [new("layers"), .. networks.Select(network => new TableColumn(network.Name))],
                [.. depths.Select((layers, i) => (IReadOnlyList<ScalarValue>)[layers, .. ratios.Select(ratio => (ScalarValue)ratio[i])])]),
            $"{Sentence(networks[0], ratios[0], depths)} In comparison, over {depths[^1]} layers: " +
                $"{string.Join("; ", networks.Zip(ratios).Skip(1).Select(pair => $"{pair.First.Name}: {Figures.Of(pair.Second[^1])}"))}.");
    }

    private static double[] Norms(ExperimentRun run, DeepNetwork network, int depth) =>
        network.GradientNorms(run, depth, run.Integer("width"), run.Integer("examples"));

    private static double Ratio(double[] norms) => norms[^1] == 0 ? 0 : norms[0] / norms[^1];

    private static string Sentence(DeepNetwork network, double[] ratios, int[] depths)
    {
        double last = ratios[^1], factor = Math.Pow(last, 1.0 / (depths[^1] - 1));
        string verdict = last < Vanished ? "vanishes" : last > 1 / Vanished ? "explodes" : "keeps its order of magnitude";
        return $"With {network.Name} the gradient {verdict}: the first of {depths[^1]} layers gets {Figures.Of(last)} times the gradient of the " +
            "last " +
            $"one, a factor of {Figures.Of(factor)} per layer.";
    }
}
