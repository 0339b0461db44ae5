using Backprop.Compute.Engine;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Sampling;

namespace Backprop.Compute.Experiments;

/// <summary>Gradients in formats of 16 bits, and loss scaling.</summary>
internal static class LowPrecisionExperiment
{
    private const int Examples = 16;

    /// <summary>The experiment.</summary>
    public static Experiment Definition { get; } = new(
        "low-precision",
        "Gradients in 16 bits, and loss scaling",
        "Value and gradient of a small network whose every intermediate value is rounded to fp16 or bf16; sums within an operation are exact, as " +
            "on hardware that accumulates in float32. The loss is multiplied by a scale S before the backward pass, and the gradients are " +
            "divided by it after. Compared with float64 at each S.",
        [
            "fp16 has no numbers below 2^-24: at S = 1 small gradients become zero, and larger scales bring them back.",
            "Too large a scale overflows, since fp16 ends at 65504: the gradients are infinite.",
            "bf16 has the range of float32 and needs no scale, but only 8 bits: its error does not go below 2^-9 by much.",
            "Raise lossSize: with larger gradients fp16 needs no scale.",
        ],
        [
            ExperimentParameter.Integer("width", 16, 2, 64, "Units per layer."),
            ExperimentParameter.Integer("depth", 3, 1, 8, "Layers."),
            ExperimentParameter.Number("lossSize", 1e-6, 1e-12, 1, "A factor of the loss, and so of all gradients."),
            ExperimentParameter.Integer("largestExponent", 36, 0, 48, "The scales S run from 1 to 2 to this power."),
        ],
        Run);

    private static ExperimentResult Run(ExperimentRun run)
    {
        int most = run.Integer("largestExponent");
        var network = new Network(run, 3 * (most + 1));
        double[] exact = network.Gradients(1, null);
        double[] scales = [.. Enumerable.Range(0, most + 1).Select(exponent => Math.ScaleB(1, exponent))];
        Scaling[] found = [.. new[] { RoundedFormat.Fp16, RoundedFormat.Bf16 }.Select(format =>
            new Scaling(format, [.. scales.Select(scale => Quality.Of(exact, network.Gradients(scale, format), scale))]))];
        double[] sizes = [.. exact.Select(Math.Abs).Where(size => size > 0).Order()];
        return new ExperimentResult(
            [
                new ExperimentChart("lost", "Share of the gradient's elements that become zero", new("loss scale S", null, true), new("share"),
                    [.. found.Select(one => new ExperimentSeries(one.Format.Name, scales, [.. one.Points.Select(point => point.Lost)]))]),
                new ExperimentChart("error", "Relative error of the gradient", new("loss scale S", null, true), new("relative error", null, true),
                    [.. found.Select(one => new ExperimentSeries(one.Format.Name, scales, [.. one.Points.Select(point => point.Error)]))]),
            ],
            new ExperimentTable(
                [new("loss scale S"), .. found.SelectMany(one => new TableColumn[]
                    { new($"{one.Format.Name} lost"), new($"{one.Format.Name} not finite"), new($"{one.Format.Name} relative error") })],
                [.. scales.Select((scale, i) => (IReadOnlyList<ScalarValue>)
                    [scale, .. found.SelectMany(one => new ScalarValue[] { one.Points[i].Lost, one.Points[i].Infinite, one.Points[i].Error })])]),
            (sizes.Length == 0 ? "All gradients are zero."
                : $"The elements of the gradient have sizes from {Figures.Of(sizes[0])} to {Figures.Of(sizes[^1])}; half of them are below " +
                    $"{Figures.Of(sizes[sizes.Length / 2])}.") +
                string.Concat(found.Select(one => " " + one.Sentence(scales))));
    }

    private sealed record Quality(double Lost, double Infinite, double Error)
    {
        public static Quality Of(double[] exact, double[] scaled, double scale)
        {
            double[] found = [.. scaled.Select(element => element / scale)];
            double nonZero = Math.Max(1, exact.Count(element => element != 0));
            double size = Tensors.Norm(exact);
            return new Quality(
                exact.Zip(found).Count(pair => pair.First != 0 && pair.Second == 0) / nonZero,
                found.Count(element => !double.IsFinite(element)) / (double)found.Length,
                size == 0 ? 0 : Tensors.Norm(exact.Zip(found, (a, b) => b - a)) / size);
        }
    }

    private sealed record Scaling(RoundedFormat Format, Quality[] Points)
    {
        public string Sentence(double[] scales)
        {
            Quality first = Points[0];
            double least = Points.Select(point => point.Error).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();
            int best = Array.FindIndex(Points, point => point.Error == least), overflow = Array.FindIndex(Points, point => point.Infinite > 0);
            string start = $"{Format.Name} without a scale loses {Figures.Percent(first.Lost)} of them, with a relative error of " +
                $"{Figures.Of(first.Error)}";
            string rescue = best <= 0 || Points[best].Lost >= first.Lost ? ""
                : $"; S = {Figures.PowerOfTwo(Math.ILogB(scales[best]))} loses {Figures.Percent(Points[best].Lost)}, with an error of " +
                    $"{Figures.Of(least)}";
            string end = overflow < 0 ? "; no scale overflows" : $"; from S = {Figures.PowerOfTwo(Math.ILogB(scales[overflow]))} on gradients " +
                "are infinite";
            return $"{start} (its smallest number is {Figures.PowerOfTwo(Format.SmallestExponent)}){rescue}{end}.";
        }
    }

    /// <summary>A network whose graph of value and gradient is run node by node, so that every value can be rounded.</summary>
    private sealed class Network
    {
        private readonly CompiledQuery compiled;
        private readonly Tensor[] inputs;
        private readonly double lossSize;
        private readonly int place;
        private readonly CancellationToken cancellationToken;

        public Network(ExperimentRun run, int evaluations)
        {
            (cancellationToken, lossSize) = (run.CancellationToken, run.Number("lossSize"));
            (int width, int depth) = (run.Integer("width"), run.Integer("depth"));
            SeededGenerator random = run.Generator("network");
            var graph = new GraphSketch();
            string factor = graph.Input("factor", Tensor.Scalar(lossSize));
            string h = graph.Input("x", Tensors.Normal(random, DType.Float64, 1, Examples, width));
            string y = graph.Input("y", Tensors.Normal(random, DType.Float64, 1, Examples, width));
            string[] weights = [.. Enumerable.Range(1, depth).Select(layer =>
                graph.Input($"w{layer}", Tensors.Normal(random, DType.Float64, 1 / Math.Sqrt(width), width, width)))];
            h = weights.Aggregate(h, (value, w) => graph.Add("Tanh", graph.Add("MatMul", value, w)));
            string loss = graph.Add("Mul", graph.MeanSquare(graph.Add("Sub", h, y)), factor);
            ComputationRequest request = graph.Request(loss);
            (compiled, inputs, _) = run.Engine.Prepare(request, Queries.Gradient(weights, loss, null, null), cancellationToken);
            run.Engine.RequireAffordable(compiled, evaluations);
            place = request.Definition.Inputs.Index().First(input => input.Item.Name == factor).Index;
        }

        /// <summary>All gradients of the scaled loss.</summary>
        public double[] Gradients(double lossScale, RoundedFormat? format)
        {
            cancellationToken.ThrowIfCancellationRequested();
            inputs[place] = Tensor.Scalar(lossScale * lossSize);
            var values = new Dictionary<Node, Tensor>();
            foreach ((Node input, Tensor value) in compiled.Graph.Inputs.Zip(inputs))
            {
                values[input] = Rounded(value.Copy(), format);
            }

            foreach (Node node in compiled.Graph.Nodes.Where(node => !values.ContainsKey(node)))
            {
                Tensor value = HostExecutor.Evaluate(node, [.. node.Inputs.Select(operand => values[operand])], cancellationToken);
                values[node] = Rounded(value.Copy(), format);
            }

            return [.. compiled.Results.Zip(compiled.Graph.Outputs).Where(result => result.First.Role == ResultRole.Gradient)
                .SelectMany(result => values[result.Second.Node].Values<double>().ToArray())];
        }

        private static Tensor Rounded(Tensor value, RoundedFormat? format)
        {
            format?.Round(value);
            return value;
        }
    }
}
