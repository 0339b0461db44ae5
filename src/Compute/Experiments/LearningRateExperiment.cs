using Backprop.Domain.Graphs;

namespace Backprop.Compute.Experiments;

/// <summary>Gradient descent on a quadratic with rates below and above the one at which it diverges.</summary>
internal static class LearningRateExperiment
{
    private const int Bisections = 40;
    private const int Rates = 33;
    private const double LeastFactor = 0.05;
    private const double MostFactor = 1.3;

    /// <summary>The experiment.</summary>
    public static Experiment Definition { get; } = new(
        "learning-rate",
        "The learning rate at which descent diverges",
        "Gradient descent with momentum μ on the quadratic ½(λ·x² + (λ/κ)·y²), at rates around 2(1+μ)/λ. Below it every step shrinks the " +
            "distance to the minimum, above it every step enlarges it, and bisection finds the boundary without knowing the formula.",
        [
            "The curves of the loss part at the boundary: a few per cent more, and it grows without bound.",
            "Raise momentum: the boundary moves from 2/λ towards 4/λ.",
            "Raise conditionNumber: the steep direction limits the rate, and the flat one becomes slow.",
        ],
        [
            ExperimentParameter.Number("curvature", 1, 1e-3, 1e3, "λ, the largest curvature of the quadratic."),
            ExperimentParameter.Number("conditionNumber", 10, 1, 1e4, "κ, the ratio of the largest to the smallest curvature."),
            ExperimentParameter.Number("momentum", 0, 0, 0.9, "μ, the momentum of the steps."),
            ExperimentParameter.Number("margin", 0.05, 0.01, 0.5, "How far below and above the boundary the curves run, as a fraction of it."),
            ExperimentParameter.Integer("steps", 200, 100, 5000, "Steps of each run."),
        ],
        run => new Computation(run).Result());

    private sealed class Computation
    {
        private readonly double momentum;
        private readonly double boundary;
        private readonly double margin;
        private readonly int steps;
        private readonly Tensor start;
        private readonly GradientFunction quadratic;

        public Computation(ExperimentRun run)
        {
            (momentum, margin, steps) = (run.Number("momentum"), run.Number("margin"), run.Integer("steps"));
            double curvature = run.Number("curvature");
            boundary = 2 * (1 + momentum) / curvature;
            var random = run.Generator("start");
            start = Tensor.Vector(0.5 + random.Unit(), 0.5 + random.Unit());
            var graph = new GraphSketch();
            string x = graph.Input("x", start.Copy());
            string curvatures = graph.Input("curvatures", Tensor.Vector(curvature / 2, curvature / 2 / run.Number("conditionNumber")));
            string loss = graph.Sum("loss", graph.Add("Mul", curvatures, graph.Add("Mul", x, x)));
            quadratic = new GradientFunction(run, graph, loss, [x], (long)steps * (Bisections + Rates + 4));
        }

        public ExperimentResult Result()
        {
            (double Factor, Path Path)[] shown = [.. new[] { 0.5, 1 - margin, 1, 1 + margin }.Distinct()
                .Select(factor => (factor, Descend(factor * boundary)))];
            double[] factors = [.. Enumerable.Range(0, Rates).Select(i => LeastFactor + ((MostFactor - LeastFactor) * i / (Rates - 1)))];
            double[] growths = [.. factors.Select(factor => Descend(factor * boundary).Growth)];
            double found = Boundary();
            double[] count = [.. Enumerable.Range(0, steps).Select(i => (double)i)];
            return new ExperimentResult(
                [
                    new ExperimentChart("loss", "Loss at rates around the boundary", new("step"), new("loss", null, true),
                        [.. shown.Select(one => new ExperimentSeries($"rate {Figures.Of(one.Factor * boundary)}", count, one.Path.Losses))]),
                    new ExperimentChart("growth", "Factor by which a step changes the distance to the minimum",
                        new("learning rate"), new("factor per step", null, true),
                        [new ExperimentSeries("steepest direction", [.. factors.Select(factor => factor * boundary)], growths)])
                    {
                        Marks = [new ChartMark(boundary, "2(1+μ)/λ")],
                    },
                ],
                new ExperimentTable(
                    [new("learning rate"), new("times 2(1+μ)/λ"), new("factor per step"), new("last loss"), new("diverges")],
                    [.. shown.Select(one => (ScalarValue[])
                        [one.Factor * boundary, one.Factor, one.Path.Growth, one.Path.Losses[^1], one.Path.Diverges])]),
                Conclusion(shown[^3], shown[^1], found));
        }

        private string Conclusion((double Factor, Path Path) below, (double Factor, Path Path) above, double found) =>
            $"At a learning rate of {Figures.Of(below.Factor * boundary)} descent {below.Path.Verb}: each step multiplies the distance to the " +
                "minimum by " +
            $"{Figures.Of(below.Path.Growth)}. At {Figures.Of(above.Factor * boundary)} it {above.Path.Verb}: the factor is " +
            $"{Figures.Of(above.Path.Growth)}. Bisection over runs puts the boundary at {Figures.Of(found)}; theory says 2(1+μ)/λ = " +
            $"{Figures.Of(boundary)}, which is {Figures.Percent(Math.Abs((found / boundary) - 1))} away.";

        // Between rates that are half and twice what theory says.
        private double Boundary()
        {
            (double low, double high) = (boundary / 2, boundary * 2);
            for (int i = 0; i < Bisections; i++)
            {
                double middle = (low + high) / 2;
                (low, high) = Descend(middle).Diverges ? (low, middle) : (middle, high);
            }

            return (low + high) / 2;
        }

        private Path Descend(double rate)
        {
            quadratic.Restart("x", start);
            var losses = new double[steps];
            var distances = new double[steps];
            for (int i = 0; i < steps; i++)
            {
                losses[i] = quadratic.Evaluate();
                distances[i] = Math.Abs(quadratic.Inputs[0][0]);
                quadratic.Descend(rate, momentum);
            }

            return new Path(losses, distances);
        }
    }

    // The distances are those along the steepest direction, which decides.
    private sealed record Path(double[] Losses, double[] Distances)
    {
        public double Growth { get; } = GrowthOf(Distances);

        public bool Diverges => !(Growth <= 1);

        public string Verb => Diverges ? "diverges" : "converges";

        // The largest distance of the last quarter against that of the second one: at the beginning, momentum is still being built up.
        private static double GrowthOf(double[] distances)
        {
            int quarter = distances.Length / 4;
            double before = distances.Skip(quarter).Take(quarter).Max(), after = distances.Skip(3 * quarter).Take(quarter).Max();
            return before == 0 ? 0
                : !double.IsFinite(after) || !double.IsFinite(before) ? double.PositiveInfinity
                : Math.Pow(after / before, 0.5 / quarter);
        }
    }
}
