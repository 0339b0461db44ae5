using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Sampling;
using Backprop.Domain.Transformations.Checkpointing;

namespace Backprop.Compute.Experiments;

/// <summary>Memory and time of a gradient whose layers are recomputed from checkpoints.</summary>
internal static class CheckpointingExperiment
{
    /// <summary>The experiment.</summary>
    public static Experiment Definition { get; } = new(
        "checkpointing",
        "Checkpoints: memory for time",
        "The gradient of a chain of n equal layers, cut into k segments: only the states between segments are kept, and each segment is " +
            "recomputed when the backward pass reaches it. Memory is the most that the run really held, of values and results together; " +
            "operations are counted, and times are measured.",
        [
            "Memory falls to a minimum near k = √n and rises again: k states are kept, and n/k are recomputed at a time.",
            "The price is at most one more forward pass, a third of the whole, whatever k is.",
            "The gradients are the same bits: recomputing gives the same values.",
        ],
        [
            ExperimentParameter.Integer("layers", 32, 2, 48, "n, the layers of the chain."),
            ExperimentParameter.Integer("width", 32, 4, 64, "Units per layer."),
            ExperimentParameter.Integer("examples", 256, 1, 512, "Examples in the batch."),
            ExperimentParameter.Integer("repetitions", 3, 1, 10, "Runs of each, of which the fastest counts."),
        ],
        Run)
    {
        Measures = true,
    };

    private static ExperimentResult Run(ExperimentRun run)
    {
        int layers = run.Integer("layers");
        int[] segments = [.. Enumerable.Range(1, layers).Select(length => (layers + length - 1) / length).Distinct()
            .Where(k => k > 1 && k < layers).Order()];
        Chain[] chains = [new(run, new CheckpointStrategy.None()), .. segments.Select(k => new Chain(run, Saved(layers, k)))];
        Repetitions.Time(run.Integer("repetitions"), [.. chains.Select(chain => chain.Clock)]);
        Chain whole = chains[0];
        (int K, Chain Chain)[] found = [.. segments.Zip(chains.Skip(1))];
        double state = 8.0 * run.Integer("width") * run.Integer("examples");
        double[] x = [.. segments.Select(k => (double)k)];
        ExperimentChart Chart(string name, string title, ChartAxis y, Func<Chain, double> of, bool measured) => new(name, title,
            new("segments k", null, true), y,
            [
                new("k segments", x, [.. found.Select(one => of(one.Chain))], measured),
                new("everything kept", x, [.. x.Select(_ => of(whole))], measured),
            ])
        {
            Marks = [new ChartMark(Math.Sqrt(layers), "√n")],
        };
        return new ExperimentResult(
            [
                Chart("memory", $"Memory of a chain of {layers} layers", new("memory, in states of a layer"), chain => chain.Bytes / state, false),
                Chart("operations", "Operations, relative to keeping everything", new("ratio"), chain => chain.Flops / whole.Flops, false),
                Chart("time", "Time of value and gradient", new("time", "ms"), chain => chain.Clock.Fastest, true),
            ],
            new ExperimentTable(
                [
                    new("segments k"), new("memory", "bytes"), new("memory, in states of a layer"), new("k + n/k"), new("operations"),
                    new("time", "ms", true), new("same gradient"),
                ],
                [
                    .. found.Select(one => (ScalarValue[])
                        [one.K, one.Chain.Bytes, one.Chain.Bytes / state, one.K + (layers / (double)one.K), one.Chain.Flops, one.Chain.Clock.Fastest,
                            one.Chain.Gradient.AsSpan().SequenceEqual(whole.Gradient)]),
                    ["everything kept", whole.Bytes, whole.Bytes / state, layers, whole.Flops, whole.Clock.Fastest, true],
                ]),
            Conclusion(found, whole, layers));
    }

    private static string Conclusion((int K, Chain Chain)[] found, Chain whole, int layers)
    {
        if (found.Length == 0)
        {
            return $"A chain of {layers} layers has no segments of several layers: raise layers.";
        }

        (int k, Chain best) = found.MinBy(one => one.Chain.Bytes);
        bool same = found.All(one => one.Chain.Gradient.AsSpan().SequenceEqual(whole.Gradient));
        return $"Keeping everything holds {Figures.Of(whole.Bytes)} bytes. The least is {Figures.Of(best.Bytes)} bytes, " +
            $"{Figures.Percent(best.Bytes / whole.Bytes)} of that, with k = {k} segments; √n is {Figures.Of(Math.Sqrt(layers))}. It costs " +
            $"{Figures.Percent((best.Flops / whole.Flops) - 1)} more operations; the time measured is " +
            $"{Figures.Of(best.Clock.Fastest / whole.Clock.Fastest)} times that without " +
            $"checkpoints. The most that any k costs is {Figures.Percent((found.Max(one => one.Chain.Flops) / whole.Flops) - 1)} more operations. " +
            $"The gradients are {(same ? "the same bits" : "not the same bits")}.";
    }

    // k segments of the same length, as far as n allows; the last one needs no state behind it.
    private static CheckpointStrategy.Save Saved(int layers, int k)
    {
        int length = (layers + k - 1) / k;
        return new CheckpointStrategy.Save([.. Enumerable.Range(1, layers - 1).Where(layer => layer % length == 0).Select(layer => $"h{layer}")]);
    }

    /// <summary>The gradient of the chain under one strategy.</summary>
    private sealed class Chain
    {
        public Chain(ExperimentRun run, CheckpointStrategy strategy)
        {
            (int layers, int width, int examples) = (run.Integer("layers"), run.Integer("width"), run.Integer("examples"));
            SeededGenerator random = run.Generator("network");
            var graph = new GraphSketch();
            string h = graph.Input("x", Tensors.Normal(random, DType.Float64, 1, examples, width));
            string[] weights = [.. Enumerable.Range(1, layers).Select(layer =>
                graph.Input($"w{layer}", Tensors.Normal(random, DType.Float64, 1 / Math.Sqrt(width), width, width)))];
            foreach ((int layer, string w) in weights.Index())
            {
                h = graph.Named($"h{layer + 1}", "Tanh", graph.Add("MatMul", h, w));
            }

            string loss = graph.MeanSquare(h);
            int runs = Repetitions.Runs(run.Integer("repetitions")) + 1;
            var function = new GradientFunction(run, graph.Request(loss), loss, weights, runs, null, strategy);
            var meter = new MemoryMeter();
            Tensor[] results = run.Engine.Execute(function.Compiled, [.. function.Inputs], run.CancellationToken, meter);
            (Bytes, Flops) = (meter.HighestBytes, function.Compiled.Checkpointing!.Flops);
            Gradient = [.. results[1..^1].SelectMany(gradient => gradient.Values<double>().ToArray())];
            run.Engine.Recycle(results);
            Clock = new Repetitions(() => function.Evaluate());
        }

        public double Bytes { get; }

        public double Flops { get; }

        public double[] Gradient { get; }

        public Repetitions Clock { get; }
    }
}
