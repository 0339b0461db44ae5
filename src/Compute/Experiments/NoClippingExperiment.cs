using Backprop.Domain.Graphs;
using Backprop.Domain.Sampling;

namespace Backprop.Compute.Experiments;

/// <summary>A recurrent network, trained with and without clipping of its gradients.</summary>
internal static class NoClippingExperiment
{
    private const int Examples = 16;

    /// <summary>The experiment.</summary>
    public static Experiment Definition { get; } = new(
        "no-clipping",
        "A recurrent network without gradient clipping",
        "A recurrent network learns the mean of a sequence. Its gradient goes through the same matrix once per step of the sequence, so that it " +
            "grows exponentially if the matrix enlarges what it multiplies. It is trained twice from the same weights: once as it is, once with " +
            "the norm of all gradients clipped.",
        [
            "Without clipping, one long gradient throws the weights far away: a spike, and then NaN, which no later step repairs.",
            "With clipping, the gradient has the same spikes, but a step is never longer than learningRate·clipNorm.",
            "Lower scale below 1, or length: the spikes disappear, and clipping does nothing.",
        ],
        [
            ExperimentParameter.Integer("length", 30, 2, 100, "Steps of the sequence."),
            ExperimentParameter.Integer("hidden", 8, 2, 32, "Units of the recurrent layer."),
            ExperimentParameter.Choice("activation", ["identity", "relu", "tanh"], "Its activation."),
            ExperimentParameter.Number("scale", 1, 0.1, 3, "The factor by which the recurrent matrix multiplies lengths at first."),
            ExperimentParameter.Number("learningRate", 0.1, 1e-6, 1, "The learning rate."),
            ExperimentParameter.Number("clipNorm", 1, 1e-3, 1e3, "The norm to which all gradients together are clipped."),
            ExperimentParameter.Integer("steps", 100, 2, 300, "Steps of each training."),
        ],
        Run);

    private static ExperimentResult Run(ExperimentRun run)
    {
        Training free = Train(run, null), clipped = Train(run, run.Number("clipNorm"));
        double[] count = [.. Enumerable.Range(0, run.Integer("steps")).Select(i => (double)i)];
        return new ExperimentResult(
            [
                new ExperimentChart("loss", "Loss with and without clipping", new("step"), new("loss", null, true),
                    [new("without clipping", count, free.Losses), new("with clipping", count, clipped.Losses)]),
                new ExperimentChart("norm", "Norm of the gradient before clipping", new("step"), new("norm", null, true),
                    [new("without clipping", count, free.Norms), new("with clipping", count, clipped.Norms)]),
            ],
            new ExperimentTable(
                [new("training"), new("first loss"), new("last loss"), new("largest norm of the gradient"), new("first step without a finite loss")],
                [.. new[] { ("without clipping", free), ("with clipping", clipped) }.Select(row => (ScalarValue[])
                    [row.Item1, row.Item2.Losses[0], row.Item2.Losses[^1], row.Item2.Norms.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max(),
                        row.Item2.Broken is { } step ? (ScalarValue)step : "none"])]),
            $"{Sentence("Without clipping", free, null)} {Sentence("With clipping", clipped, run.Number("clipNorm"))}");
    }

    private static Training Train(ExperimentRun run, double? clipNorm)
    {
        int steps = run.Integer("steps");
        GradientFunction network = Network(run, clipNorm, steps);
        var training = new Training(new double[steps], new double[steps]);
        for (int i = 0; i < steps; i++)
        {
            training.Losses[i] = network.Evaluate();
            training.Norms[i] = network.Norm;
            network.Descend(run.Number("learningRate"));
        }

        return training;
    }

    private static GradientFunction Network(ExperimentRun run, double? clipNorm, int steps)
    {
        (int length, int hidden, string activation) = (run.Integer("length"), run.Integer("hidden"), run.Choice("activation"));
        SeededGenerator random = run.Generator("network");
        var graph = new GraphSketch();
        string w = graph.Input("w", Tensors.Orthogonal(random, run.Number("scale"), hidden));
        string u = graph.Input("u", Tensors.Normal(random, DType.Float64, 1, 1, hidden));
        string v = graph.Input("v", Tensors.Normal(random, DType.Float64, 1 / Math.Sqrt(hidden), hidden, 1));
        Tensor[] sequence = [.. Enumerable.Range(0, length).Select(_ => Tensors.Normal(random, DType.Float64, 1, Examples, 1))];
        int example = 0;
        Tensor mean = Tensors.Filled(DType.Float64, Shape.Of(Examples, 1), () =>
        {
            int i = example++;
            return sequence.Average(x => x[i]);
        });
        string? h = null;
        foreach ((int t, Tensor x) in sequence.Index())
        {
            string sum = graph.Add("MatMul", graph.Input($"x{t}", x), u);
            sum = h is null ? sum : graph.Add("Add", sum, graph.Add("MatMul", h, w));
            h = activation == "identity" ? sum : graph.Add(activation == "tanh" ? "Tanh" : "Relu", sum);
        }

        string loss = graph.MeanSquare(graph.Add("Sub", graph.Add("MatMul", h!, v), graph.Input("y", mean)));
        return new GradientFunction(run, graph, loss, [w, u, v], steps, clipNorm);
    }

    private static string Sentence(string name, Training training, double? clipNorm)
    {
        double spike = training.Norms.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max();
        string end = training.Broken is { } broken
            ? broken == 0 ? "the loss is not finite from the beginning"
                : $"the loss goes from {Figures.Of(training.Losses[0])} to {Figures.Of(training.Losses[broken])} at step {broken}, and stays " +
                    "without a number"
            : $"the loss goes from {Figures.Of(training.Losses[0])} to {Figures.Of(training.Losses[^1])}, and is finite at every step";
        string clipped = clipNorm is { } limit ? $", {training.Norms.Count(norm => norm > limit)} of {training.Norms.Length} gradients were " +
            "clipped" : "";
        return $"{name}, {end}; the longest finite gradient has a norm of {Figures.Of(spike)}{clipped}.";
    }

    private sealed record Training(double[] Losses, double[] Norms)
    {
        public int? Broken => Array.FindIndex(Losses, loss => !double.IsFinite(loss)) is >= 0 and var step ? step : null;
    }
}
