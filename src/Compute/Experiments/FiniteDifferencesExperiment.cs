using System.Diagnostics;
using Backprop.Compute.Differences;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Domain.Sampling;

namespace Backprop.Compute.Experiments;

/// <summary>Training a small network with difference quotients in the place of backpropagation.</summary>
internal static class FiniteDifferencesExperiment
{
    private const int Examples = 32;
    private const int PointsPerDecade = 2;
    private const int MostSampled = 32;
    private const double LargestStep = 0.1;
    private static readonly string[] Parameters = ["w1", "b1", "w2", "b2"];

    /// <summary>The experiment.</summary>
    public static Experiment Definition { get; } = new(
        "finite-differences",
        "Training with finite differences",
        "A network with one hidden layer is trained with gradients from difference quotients, which need an evaluation per parameter (forward) " +
            "or two (central), and with backpropagation, which needs one pass forward and one back. Beside it the error of the quotients over " +
            "their step ε: too large a step cuts off the curvature, too small a one leaves only rounding.",
        [
            "The error over ε has the form of a U, lowest near √u (forward) and ∛u (central), with u the rounding unit.",
            "The losses are the same to the eye, the numbers of evaluations are not: raise hidden.",
            "Choose float32: the lowest error of forward differences is a few in ten thousand.",
        ],
        [
            ExperimentParameter.Integer("inputs", 3, 1, 10, "Inputs of the network."),
            ExperimentParameter.Integer("hidden", 8, 1, 32, "Units of the hidden layer."),
            ExperimentParameter.Choice("dtype", ["float64", "float32"], "The element type of the network that is differenced."),
            ExperimentParameter.Choice("method", ["forward", "central"], "The quotients of the training."),
            ExperimentParameter.Number("epsilon", 1e-6, 1e-12, 0.1, "Their step in the training."),
            ExperimentParameter.Number("learningRate", 0.1, 1e-4, 1, "The learning rate."),
            ExperimentParameter.Integer("steps", 20, 1, 100, "Steps of the training."),
        ],
        Run)
    {
        Measures = true,
    };

    private static ExperimentResult Run(ExperimentRun run)
    {
        DType dtype = run.Choice("dtype") == "float64" ? DType.Float64 : DType.Float32;
        int decades = dtype == DType.Float64 ? 13 : 5;
        double[] epsilons = [.. Enumerable.Range(0, (decades * PointsPerDecade) + 1)
            .Select(i => LargestStep * Math.Pow(10, -i / (double)PointsPerDecade))];
        double[] forward = Errors(run, dtype, epsilons, central: false), central = Errors(run, dtype, epsilons, central: true);
        Training backprop = Backpropagate(run, dtype), differences = Difference(run, dtype);
        double unit = dtype == DType.Float64 ? Math.Pow(2, -53) : Math.Pow(2, -24);
        double[] count = [.. Enumerable.Range(0, run.Integer("steps")).Select(i => (double)i)];
        return new ExperimentResult(
            [
                new ExperimentChart("error", $"Relative error of the gradient over ε, {dtype.Label()}",
                    new("ε", null, true), new("relative error", null, true),
                    [new("forward", epsilons, forward), new("central", epsilons, central)])
                {
                    Marks = [new(Math.Sqrt(unit), "√u"), new(Math.Cbrt(unit), "∛u")],
                },
                new ExperimentChart("loss", "Loss of the training", new("step"), new("loss", null, true),
                    [new("backpropagation", count, backprop.Losses), new($"{run.Choice("method")} differences", count, differences.Losses)]),
            ],
            new ExperimentTable(
                [new("gradient"), new("evaluations"), new("time", "ms", true), new("last loss")],
                [
                    ["backpropagation", backprop.Evaluations, backprop.Seconds * 1e3, backprop.Losses[^1]],
                    [$"{run.Choice("method")} differences", differences.Evaluations, differences.Seconds * 1e3, differences.Losses[^1]],
                ]),
            Conclusion(epsilons, (forward, Math.Sqrt(unit), "√u"), (central, Math.Cbrt(unit), "∛u")) + " " +
                $"For {count.Length} {(count.Length == 1 ? "step" : "steps")} {run.Choice("method")} differences need {differences.Evaluations} " +
                "evaluations, " +
                $"backpropagation {backprop.Evaluations} passes forward and back; they took " +
                $"{Figures.Of(differences.Seconds / backprop.Seconds)} times as " +
                $"long here, and the losses end at {Figures.Of(differences.Losses[^1])} and {Figures.Of(backprop.Losses[^1])}.");
    }

    private static string Conclusion(double[] epsilons, params (double[] Errors, double Expected, string Name)[] curves) =>
        string.Join(' ', curves.Select((curve, i) =>
        {
            double least = curve.Errors.Min();
            return $"{(i == 0 ? "Forward" : "Central")} differences are best at ε = {Figures.Of(epsilons[Array.IndexOf(curve.Errors, least)])}, " +
                "with a " +
                $"relative error of {Figures.Of(least)} ({curve.Name} = {Figures.Of(curve.Expected)}).";
        }));

    // Against backpropagation in float64 at the same numbers.
    private static double[] Errors(ExperimentRun run, DType dtype, double[] epsilons, bool central)
    {
        (GraphSketch graph, string loss) = Network(run, dtype);
        FiniteDifferences differences = Differences(run, graph, loss);
        (GraphSketch precise, string preciseLoss) = Network(run, dtype, DType.Float64);
        var exact = new GradientFunction(run, precise, preciseLoss, Parameters, 1);
        exact.Evaluate();
        long sampled = Math.Min(MostSampled, differences.Point.Count);
        (int Input, int Element)[] places = [.. Enumerable.Range(0, (int)sampled).Select(i => differences.Point.Spread(i, sampled))];
        double[] truth = [.. places.Select(at => exact.Gradient(Parameters[at.Input])[at.Element])];
        return [.. epsilons.Select(epsilon =>
        {
            differences.Evaluate();
            return Tensors.Norm(places.Zip(truth, (at, slope) => Quotient(differences, at, epsilon, central) - slope)) / Tensors.Norm(truth);
        })];
    }

    private static double Quotient(FiniteDifferences differences, (int Input, int Element) at, double epsilon, bool central) =>
        central ? differences.Central(at, epsilon) : differences.Forward(at, epsilon);

    private static Training Backpropagate(ExperimentRun run, DType dtype)
    {
        (GraphSketch graph, string loss) = Network(run, dtype);
        var function = new GradientFunction(run, graph, loss, Parameters, run.Integer("steps"));
        var losses = new double[run.Integer("steps")];
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < losses.Length; i++)
        {
            losses[i] = function.Evaluate();
            function.Descend(run.Number("learningRate"));
        }

        return new Training(losses, losses.Length, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static Training Difference(ExperimentRun run, DType dtype)
    {
        (GraphSketch graph, string loss) = Network(run, dtype);
        FiniteDifferences differences = Differences(run, graph, loss);
        int count = (int)differences.Point.Count;
        (int Input, int Element)[] places = [.. Enumerable.Range(0, count).Select(i => differences.Point.Spread(i, count))];
        var losses = new double[run.Integer("steps")];
        bool central = run.Choice("method") == "central";
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < losses.Length; i++)
        {
            losses[i] = differences.Evaluate();
            double[] gradient = [.. places.Select(at => Quotient(differences, at, run.Number("epsilon"), central))];
            for (int k = 0; k < count; k++)
            {
                differences.Point.Set(places[k], differences.Point.Get(places[k]) - (run.Number("learningRate") * gradient[k]));
            }
        }

        return new Training(losses, differences.Evaluations, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static FiniteDifferences Differences(ExperimentRun run, GraphSketch graph, string loss)
    {
        ComputationRequest request = graph.Request(loss);
        (CompiledQuery value, Tensor[] inputs, _) = run.Engine.Prepare(request, Queries.Value(loss), run.CancellationToken);
        var point = new MovedInputs(request.Definition, Parameters, inputs);
        run.Engine.RequireAffordable(value, 2 * (point.Count + 1) * run.Integer("steps"));
        return new FiniteDifferences(run.Engine, value, point, null, run.CancellationToken);
    }

    // The numbers are those of dtype, even if they are computed with in another type.
    private static (GraphSketch Graph, string Loss) Network(ExperimentRun run, DType dtype, DType? computed = null)
    {
        SeededGenerator random = run.Generator("network");
        (int inputs, int hidden) = (run.Integer("inputs"), run.Integer("hidden"));
        var graph = new GraphSketch();
        string x = Input("x", 1, Examples, inputs), w1 = Input("w1", 1 / Math.Sqrt(inputs), inputs, hidden), b1 = Input("b1", 0.5, hidden);
        string w2 = Input("w2", 1 / Math.Sqrt(hidden), hidden, 1), b2 = Input("b2", 0.5, 1), y = Input("y", 1, Examples, 1);
        string h = graph.Add("Tanh", graph.Add("Add", graph.Add("MatMul", x, w1), b1));
        return (graph, graph.MeanSquare(graph.Add("Sub", graph.Add("Add", graph.Add("MatMul", h, w2), b2), y)));

        string Input(string name, double deviation, params int[] extents) =>
            graph.Input(name, Tensors.Normal(random, dtype, deviation, extents).Converted(computed ?? dtype));
    }

    private sealed record Training(double[] Losses, long Evaluations, double Seconds);
}
