using Backprop.Domain.Graphs;

namespace Backprop.Compute.Experiments;

/// <summary>What the gates of a graph do to the gradient that arrives at them.</summary>
internal static class GatesExperiment
{
    private static readonly (string Name, string Op)[] Gates = [("add", "Add"), ("multiply", "Mul"), ("max", "Max")];

    /// <summary>The experiment.</summary>
    public static Experiment Definition { get; } = new(
        "gates",
        "What add, multiply and max do to a gradient",
        "Three gates with the inputs a and b. Add copies the arriving gradient to both inputs, multiply gives each input the gradient times the " +
            "other input, and max gives all of it to the larger input. The curves show it while b moves through zero.",
        [
            "At b near zero, multiply starves a and feeds b: that is why the scale of inputs matters.",
            "At a = b, max shares the gradient evenly.",
            "Raise a: the gradient of b through multiply grows with it, although b has not changed.",
        ],
        [
            ExperimentParameter.Number("a", 3, -100, 100, "The first input."),
            ExperimentParameter.Number("b", -4, -100, 100, "The second input."),
            ExperimentParameter.Number("small", 1e-6, 0, 1, "The value of b that is near zero."),
            ExperimentParameter.Number("upstream", 1, -100, 100, "The gradient that arrives at the gate."),
            ExperimentParameter.Number("range", 5, 0.1, 100, "The curves run from b = −range to b = range."),
            ExperimentParameter.Integer("points", 101, 3, 1001, "Points of each curve."),
        ],
        Run);

    private static ExperimentResult Run(ExperimentRun run)
    {
        int points = run.Integer("points");
        double range = run.Number("range");
        double[] sweep = [.. Enumerable.Range(0, points).Select(i => range * ((2.0 * i / (points - 1)) - 1))];

        // The two points of the table come first.
        Gate[] gates = [.. Gates.Select(gate => Evaluate(run, gate, [run.Number("b"), run.Number("small"), .. sweep]))];
        return new ExperimentResult(
            [.. gates.Select(gate => new ExperimentChart(gate.Name, $"{gate.Name}: gradients while b moves", new("b"), new("gradient"),
                [new ExperimentSeries("∂L/∂a", sweep, gate.OfA[2..]), new ExperimentSeries("∂L/∂b", sweep, gate.OfB[2..])]))],
            new ExperimentTable(
                [new("gate"), new("a"), new("b"), new("value"), new("∂L/∂a"), new("∂L/∂b")],
                [.. gates.SelectMany(gate => Enumerable.Range(0, 2), (gate, i) => (ScalarValue[])
                    [gate.Name, run.Number("a"), gate.B[i], gate.Values[i], gate.OfA[i], gate.OfB[i]])]),
            Conclusion(run, gates[0], gates[1], gates[2]));
    }

    // All points at once: the gradient of the sum over points, times what arrives, is the gradient at each point.
    private static Gate Evaluate(ExperimentRun run, (string Name, string Op) gate, double[] b)
    {
        var graph = new GraphSketch();
        Tensor second = Tensor.Vector(b), first = Tensor.Filled(second.Type, run.Number("a"));
        string value = graph.Add(gate.Op, graph.Input("a", first), graph.Input("b", second));
        string loss = graph.Sum("loss", graph.Add("Mul", value, GraphSketch.Constant(run.Number("upstream"))));
        var function = new GradientFunction(run, graph, loss, ["a", "b"], 1);
        function.Evaluate();
        Tensor values = run.Engine.Run(graph.Request(value), Engine.Queries.Evaluation(), run.CancellationToken).Results[0].Value;
        return new Gate(gate.Name, b, Elements(values), Elements(function.Gradient("a")), Elements(function.Gradient("b")));
    }

    private static double[] Elements(Tensor tensor) => [.. tensor.Values<double>()];

    private static string Conclusion(ExperimentRun run, Gate add, Gate multiply, Gate max)
    {
        double a = run.Number("a"), b = run.Number("b"), upstream = run.Number("upstream");
        string copied = add.OfA[0] == upstream && add.OfB[0] == upstream
            ? $"Add copies: both inputs get {Figures.Of(upstream)}, whatever their values."
            : $"Add gives a {Figures.Of(add.OfA[0])} and b {Figures.Of(add.OfB[0])}.";
        string swapped = multiply.OfA[0] == b * upstream && multiply.OfB[0] == a * upstream ? "Multiply swaps" : "Multiply";
        string routed = max.OfA[0] == max.OfB[0] ? $"Max shares: a equals b, and each gets {Figures.Of(max.OfA[0])}."
            : $"Max routes: {(a > b ? "a" : "b")}, the larger, gets {Figures.Of(a > b ? max.OfA[0] : max.OfB[0])}, and the other " +
                $"{Figures.Of(a > b ? max.OfB[0] : max.OfA[0])}.";
        return $"{copied} {swapped}: a gets {Figures.Of(multiply.OfA[0])}, from b, and b gets {Figures.Of(multiply.OfB[0])}, from a. {routed} " +
            $"With b = {Figures.Of(multiply.B[1])}, multiply gives a {Figures.Of(multiply.OfA[1])} and b {Figures.Of(multiply.OfB[1])}" +
            (multiply.OfA[1] != 0 ? $", {Figures.Of(Math.Abs(multiply.OfB[1] / multiply.OfA[1]))} times as much" : "") +
            ": the size of an input decides the gradient of the other one, not its own.";
    }

    private sealed record Gate(string Name, double[] B, double[] Values, double[] OfA, double[] OfB);
}
