using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Domain.Sampling;
using Backprop.Domain.Transformations;

namespace Backprop.Compute.Experiments;

/// <summary>The cost of a Jacobian in forward and in reverse mode, as the number of outputs grows.</summary>
internal static class ForwardOrReverseExperiment
{
    /// <summary>The experiment.</summary>
    public static Experiment Definition { get; } = new(
        "forward-or-reverse",
        "Forward or reverse mode",
        "The Jacobian of a network with n inputs and m outputs, in forward mode (one pass per input) and in reverse mode (one pass per output), " +
            "while m grows: operations are counted, times are measured.",
        [
            "Forward mode hardly notices m, reverse mode grows with it: the curves cross near m = n.",
            "At m = 1, a loss, reverse mode needs one pass however many parameters there are: that is backpropagation.",
            "Set inputs to 1: forward mode wins everywhere.",
        ],
        [
            ExperimentParameter.Integer("inputs", 32, 1, 256, "n, the inputs."),
            ExperimentParameter.Integer("outputs", 256, 1, 256, "The largest m, the outputs; it is halved down to 1."),
            ExperimentParameter.Integer("hidden", 64, 1, 256, "Units of the two hidden layers."),
            ExperimentParameter.Integer("repetitions", 5, 1, 20, "Runs of each, of which the fastest counts."),
        ],
        Run)
    {
        Measures = true,
    };

    private static ExperimentResult Run(ExperimentRun run)
    {
        var outputs = new List<int>();
        for (int m = run.Integer("outputs"); m >= 1; m /= 2)
        {
            outputs.Insert(0, m);
        }

        Point[] points = [.. outputs.Select(m => new Point(m, Jacobian(run, m, JacobianMode.Forward), Jacobian(run, m, JacobianMode.Reverse)))];
        Repetitions.Time(run.Integer("repetitions"), [.. points.SelectMany(point => new[] { point.Forward.Clock, point.Reverse.Clock })]);
        double[] x = [.. outputs.Select(m => (double)m)];
        int inputs = run.Integer("inputs");
        ChartMark[] marks = inputs <= outputs[^1] ? [new ChartMark(inputs, "m = n")] : [];
        return new ExperimentResult(
            [
                new ExperimentChart("operations", $"Operations of the Jacobian, n = {inputs}", new("outputs m", null, true),
                    new("floating-point operations", null, true),
                    Both(x, points, cost => cost.Flops, false))
                {
                    Marks = marks,
                },
                new ExperimentChart("time", $"Time of the Jacobian, n = {inputs}", new("outputs m", null, true), new("time", "ms", true),
                    Both(x, points, cost => cost.Ms, true))
                {
                    Marks = marks,
                },
            ],
            new ExperimentTable(
                [
                    new("outputs m"), new("forward passes"), new("reverse passes"), new("forward operations"), new("reverse operations"),
                    new("forward time", "ms", true), new("reverse time", "ms", true),
                ],
                [.. points.Select(point => (ScalarValue[])
                    [
                        point.Outputs, point.Forward.Passes, point.Reverse.Passes, point.Forward.Flops, point.Reverse.Flops,
                        point.Forward.Ms, point.Reverse.Ms,
                    ])]),
            Conclusion(points, inputs));
    }

    private static ExperimentSeries[] Both(double[] x, Point[] points, Func<Cost, double> of, bool measured) =>
    [
        new("forward", x, [.. points.Select(point => of(point.Forward))], measured),
        new("reverse", x, [.. points.Select(point => of(point.Reverse))], measured),
    ];

    private static Cost Jacobian(ExperimentRun run, int outputs, JacobianMode mode)
    {
        SeededGenerator random = run.Generator("network");
        (int inputs, int hidden) = (run.Integer("inputs"), run.Integer("hidden"));
        var graph = new GraphSketch();
        string x = graph.Input("x", Tensors.Normal(random, DType.Float64, 1, inputs));
        int[] widths = [inputs, hidden, hidden, outputs];
        string y = x;
        for (int layer = 1; layer < widths.Length; layer++)
        {
            Tensor w = Tensors.Normal(random, DType.Float64, 1 / Math.Sqrt(widths[layer - 1]), widths[layer - 1], widths[layer]);
            y = graph.Add("Tanh", graph.Add("MatMul", y, graph.Input($"w{layer}", w)));
        }

        (CompiledQuery<JacobianFacts> query, Tensor[] values, _) = run.Engine.Prepare(
            graph.Request(y), Queries.Jacobian([x], [y], mode), run.CancellationToken);
        run.Engine.RequireAffordable(query, Repetitions.Runs(run.Integer("repetitions")));
        var clock = new Repetitions(() => run.Engine.Recycle(run.Engine.Execute(query, values, run.CancellationToken)));
        return new Cost(query.Metadata.Passes, query.Graph.Nodes.Sum(node => (double)node.Op.Flops(node)), clock);
    }

    private static string Conclusion(Point[] points, int inputs)
    {
        Point one = points[0], last = points[^1];
        Point? crossing = points.FirstOrDefault(point => point.Reverse.Flops > point.Forward.Flops);
        string crossed = crossing is null
            ? $"Up to m = {last.Outputs} reverse mode needs no more operations than forward mode."
            : crossing == one ? "Forward mode needs fewer operations for every m."
            : $"From m = {crossing.Outputs} on, forward mode needs fewer operations; n is {inputs}.";
        return $"{crossed} At m = {one.Outputs} the Jacobian takes {one.Forward.Passes} passes forward or {one.Reverse.Passes} back: " +
            $"{Figures.Of(one.Forward.Flops / one.Reverse.Flops)} times the operations, and {Figures.Of(one.Forward.Ms / one.Reverse.Ms)} times " +
            "the time " +
            $"measured. At m = {last.Outputs} these ratios are {Figures.Of(last.Forward.Flops / last.Reverse.Flops)} and " +
            $"{Figures.Of(last.Forward.Ms / last.Reverse.Ms)}.";
    }

    private sealed record Cost(int Passes, double Flops, Repetitions Clock)
    {
        public double Ms => Clock.Fastest;
    }

    private sealed record Point(int Outputs, Cost Forward, Cost Reverse);
}
