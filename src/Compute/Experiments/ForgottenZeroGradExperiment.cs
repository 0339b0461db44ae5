using Backprop.Domain.Graphs;
using Backprop.Domain.Sampling;

namespace Backprop.Compute.Experiments;

/// <summary>A training loop that does not set the gradients to zero.</summary>
internal static class ForgottenZeroGradExperiment
{
    private const double Rounding = 1e-9;

    /// <summary>The experiment.</summary>
    public static Experiment Definition { get; } = new(
        "forgotten-zero-grad",
        "Training without setting gradients to zero",
        "A linear regression by gradient descent, once with gradients set to zero before each backward pass, and once without: then each step " +
            "uses the sum of the gradients of all steps so far, most of which were computed elsewhere.",
        [
            "The two agree in the first step, which is why the mistake survives a short test.",
            "The sum goes on pushing where the gradient has already turned: the loss swings, and does not settle.",
            "Summing is momentum of 1, without friction: a smaller learningRate makes the swings slower, not smaller.",
        ],
        [
            ExperimentParameter.Integer("features", 4, 1, 32, "Weights of the regression."),
            ExperimentParameter.Integer("examples", 64, 2, 256, "Examples, all in one batch."),
            ExperimentParameter.Number("noise", 0.1, 0, 1, "The standard deviation of the noise in the targets."),
            ExperimentParameter.Number("learningRate", 0.05, 1e-4, 1, "The learning rate."),
            ExperimentParameter.Integer("steps", 200, 2, 2000, "Steps of each run."),
        ],
        Run);

    private static ExperimentResult Run(ExperimentRun run)
    {
        int steps = run.Integer("steps");
        Training zeroed = Train(run, steps, 0), summed = Train(run, steps, 1);
        double[] count = [.. Enumerable.Range(0, steps).Select(i => (double)i)];
        ExperimentSeries[] Both(Func<Training, double[]> of) =>
            [new ExperimentSeries("set to zero", count, of(zeroed)), new ExperimentSeries("not set to zero", count, of(summed))];
        return new ExperimentResult(
            [
                new ExperimentChart("loss", "Loss with and without setting gradients to zero", new("step"), new("loss", null, true),
                    Both(training => training.Losses)),
                new ExperimentChart("used-gradient", "Norm of the gradient that the step uses", new("step"), new("norm", null, true),
                    Both(training => training.Used)),
            ],
            new ExperimentTable(
                [new("gradients"), new("first loss"), new("last loss"), new("lowest loss"), new("steps that raised the loss")],
                [.. new[] { ("set to zero", zeroed), ("not set to zero", summed) }.Select(row => (ScalarValue[])
                    [row.Item1, row.Item2.Losses[0], row.Item2.Losses[^1], row.Item2.Losses.Min(), row.Item2.Rises])]),
            Conclusion(zeroed, summed, steps));
    }

    private static Training Train(ExperimentRun run, int steps, double momentum)
    {
        (int examples, int features) = (run.Integer("examples"), run.Integer("features"));
        SeededGenerator random = run.Generator("data");
        Tensor x = Tensors.Normal(random, DType.Float64, 1, examples, features), truth = Tensors.Normal(random, DType.Float64, 1, features);
        int row = 0;
        Tensor y = Tensors.Filled(DType.Float64, Shape.Of(examples), () =>
        {
            int first = features * row++;
            return Enumerable.Range(0, features).Sum(i => x[first + i] * truth[i]);
        });
        Tensors.Subtract(y, -run.Number("noise"), Tensors.Normal(random, DType.Float64, 1, examples));
        var graph = new GraphSketch();
        string w = graph.Input("w", Tensors.Normal(random, DType.Float64, 1, features));
        string loss = graph.MeanSquare(graph.Add("Sub", graph.Add("MatMul", graph.Input("x", x), w), graph.Input("y", y)));
        var function = new GradientFunction(run, graph, loss, [w], steps);
        var training = new Training(new double[steps], new double[steps], new double[steps]);
        for (int i = 0; i < steps; i++)
        {
            training.Losses[i] = function.Evaluate();
            training.Own[i] = function.Norm;
            function.Descend(run.Number("learningRate"), momentum);
            training.Used[i] = momentum == 0 ? function.Norm : function.VelocityNorm();
        }

        return training;
    }

    private static string Conclusion(Training zeroed, Training summed, int steps)
    {
        double excess = summed.Used.Zip(summed.Own, (used, own) => own > 0 ? used / own : 1).Where(double.IsFinite).DefaultIfEmpty(1).Max();
        string outcome = !double.IsFinite(summed.Losses[^1]) ? "ends without a finite loss"
            : summed.Losses[^1] > zeroed.Losses[^1] ? $"ends at {Figures.Of(summed.Losses[^1])}"
            : $"happens to end at {Figures.Of(summed.Losses[^1])}, no higher";
        string end = double.IsFinite(zeroed.Losses[^1]) ? $"falls to {Figures.Of(zeroed.Losses[^1])}" : "grows beyond all numbers: the learning " +
            "rate is too high";
        return $"With gradients set to zero the loss starts at {Figures.Of(zeroed.Losses[0])}, {end} and rises in {zeroed.Rises} of {steps - 1} " +
            "steps. " +
            $"Without, it {outcome}, and rises in {summed.Rises} of them: the step uses a gradient up to {Figures.Of(excess)} times as long as the " +
            "one at its place.";
    }

    private sealed record Training(double[] Losses, double[] Own, double[] Used)
    {
        // At the minimum, rounding alone moves the loss.
        public int Rises => Losses.Zip(Losses.Skip(1)).Count(pair => !(pair.Second <= pair.First * (1 + Rounding)));
    }
}
