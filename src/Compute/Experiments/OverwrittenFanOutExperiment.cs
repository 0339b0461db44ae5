using Backprop.Compute.Engine;
using Backprop.Compute.Engine.Tracing;
using Backprop.Domain.Graphs;
using Backprop.Domain.Sampling;

namespace Backprop.Compute.Experiments;

/// <summary>A backward pass that overwrites gradients of values with several uses instead of summing them.</summary>
internal static class OverwrittenFanOutExperiment
{
    /// <summary>The experiment.</summary>
    public static Experiment Definition { get; } = new(
        "overwritten-fan-out",
        "Writing = instead of += in the backward pass",
        "A value that is used several times receives a gradient from each use, and they add up. A backward pass that assigns instead keeps only " +
            "the contribution of the use that it visits last. Both are run over the local derivatives that the engine computes: on a sum of k " +
            "uses of x, and on a chain of residual blocks h + a·tanh(w·h), each of which uses its input twice.",
        [
            "With one use both agree, which is why the mistake passes simple tests.",
            "With k uses about (k − 1)/k of the gradient is lost.",
            "In a residual network the identity path is what is overwritten: the gradient vanishes with depth, as without residuals.",
        ],
        [
            ExperimentParameter.Integer("uses", 8, 1, 32, "The largest number of uses of x."),
            ExperimentParameter.Integer("depth", 12, 1, 32, "The largest number of residual blocks."),
            ExperimentParameter.Number("branch", 0.3, 0.01, 1, "a, the factor of the branch of a residual block."),
            ExperimentParameter.Number("x", 0.5, -3, 3, "The value of x."),
        ],
        Run);

    private static ExperimentResult Run(ExperimentRun run)
    {
        Passes[] uses = [.. Enumerable.Range(1, run.Integer("uses")).Select(k => Differentiate(run, Sum(run, k)))];
        Passes[] blocks = [.. Enumerable.Range(1, run.Integer("depth")).Select(depth => Differentiate(run, Residual(run, depth)))];
        return new ExperimentResult(
            [
                Chart("uses", "Gradient of x over its number of uses", "uses", uses, false),
                Chart("residual", "Gradient through a chain of residual blocks", "blocks", blocks, true),
            ],
            new ExperimentTable(
                [new("graph"), new("summed (+=)"), new("overwritten (=)"), new("relative error"), new("difference of += from the engine")],
                [.. Rows("uses", uses), .. Rows("blocks", blocks)]),
            Conclusion(uses, blocks));
    }

    private static ExperimentChart Chart(string name, string title, string axis, Passes[] passes, bool logarithmic)
    {
        double[] x = [.. Enumerable.Range(1, passes.Length).Select(i => (double)i)];
        return new ExperimentChart(name, title, new(axis), new("size of the gradient", null, logarithmic),
            [
                new("summed (+=)", x, [.. passes.Select(pass => Math.Abs(pass.Summed))]),
                new("overwritten (=)", x, [.. passes.Select(pass => Math.Abs(pass.Overwritten))]),
            ]);
    }

    private static IEnumerable<IReadOnlyList<ScalarValue>> Rows(string what, Passes[] passes) => passes.Select((pass, i) =>
        (IReadOnlyList<ScalarValue>)[$"{i + 1} {what}", pass.Summed, pass.Overwritten, pass.Error, Math.Abs(pass.Summed - pass.Engine)]);

    private static string Conclusion(Passes[] uses, Passes[] blocks)
    {
        string many = uses[^1].Error == 0
            ? $"With {uses.Length} {(uses.Length == 1 ? "use" : "uses")} of x both passes agree: {Figures.Of(uses[^1].Summed)}."
            : $"With {uses.Length} uses of x, = gives {Figures.Of(uses[^1].Overwritten)} instead of {Figures.Of(uses[^1].Summed)}: it keeps one " +
                "contribution " +
                $"and is {Figures.Percent(uses[^1].Error)} off.";
        return $"{many} Through {blocks.Length} residual {(blocks.Length == 1 ? "block" : "blocks")} it gives " +
            $"{Figures.Of(blocks[^1].Overwritten)} instead of " +
            $"{Figures.Of(blocks[^1].Summed)}, {Figures.Percent(blocks[^1].Error)} off: of each block it keeps only the branch.";
    }

    // Nodes are visited from the output back, so the use that was written first is visited last.
    private static GraphSketch Sum(ExperimentRun run, int uses)
    {
        SeededGenerator random = run.Generator("uses");
        var graph = new GraphSketch();
        string x = graph.Input("x", Tensor.Scalar(run.Number("x"))), sum = "";
        for (int i = 0; i < uses; i++)
        {
            string term = graph.Named($"t{i}", "Tanh", graph.Named($"p{i}", "Mul", x, GraphSketch.Constant(0.5 + random.Unit())));
            sum = i == 0 ? term : graph.Named($"s{i}", "Add", sum, term);
        }

        graph.Named("y", "Identity", sum);
        return graph;
    }

    private static GraphSketch Residual(ExperimentRun run, int depth)
    {
        SeededGenerator random = run.Generator("blocks");
        var graph = new GraphSketch();
        string h = graph.Input("x", Tensor.Scalar(run.Number("x")));
        for (int i = 0; i < depth; i++)
        {
            string inner = graph.Named($"t{i}", "Tanh", graph.Named($"p{i}", "Mul", h, GraphSketch.Constant(0.5 + random.Unit())));
            h = graph.Named($"h{i}", "Add", h, graph.Named($"b{i}", "Mul", inner, GraphSketch.Constant(run.Number("branch"))));
        }

        graph.Named("y", "Identity", h);
        return graph;
    }

    private static Passes Differentiate(ExperimentRun run, GraphSketch graph)
    {
        (Execution execution, TraceFacts trace) = run.Engine.Run(graph.Request("y"), Trace.Query(["x"], "y", null), run.CancellationToken);
        return new Passes(
            Backward(execution, trace, sums: true), Backward(execution, trace, sums: false), execution[ResultKey.Gradient("x")][0]);
    }

    // The lesson's loop: nodes from the output back, each handing its gradient, times a local derivative, to its operands.
    private static double Backward(Execution execution, TraceFacts trace, bool sums)
    {
        ILookup<string, (string Operand, TracedUse Use)> uses = trace.Backward
            .SelectMany(value => value.Uses.Select(use => (Operand: value.Name, Use: use))).ToLookup(pair => pair.Use.From.Name);
        var gradients = new Dictionary<string, double> { [trace.Output] = 1 };
        foreach (NodeDefinition node in trace.Forward.Reverse())
        {
            foreach ((string operand, TracedUse use) in uses[node.Name].OrderBy(pair => pair.Use.OperandIndex))
            {
                double contribution = gradients[node.Name] * execution[ResultKey.LocalDerivative(use.Number)][0];
                gradients[operand] = sums ? gradients.GetValueOrDefault(operand) + contribution : contribution;
            }
        }

        return gradients["x"];
    }

    private sealed record Passes(double Summed, double Overwritten, double Engine)
    {
        public double Error => Summed == Overwritten ? 0 : Math.Abs((Overwritten - Summed) / Summed);
    }
}
