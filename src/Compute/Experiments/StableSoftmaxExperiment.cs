using Backprop.Domain.Graphs;
using Backprop.Domain.Sampling;

namespace Backprop.Compute.Experiments;

/// <summary>Cross entropy through exponentials and in log space, over the size of the logits.</summary>
internal static class StableSoftmaxExperiment
{
    private const int Bisections = 60;

    /// <summary>The experiment.</summary>
    public static Experiment Definition { get; } = new(
        "stable-softmax",
        "Softmax by its formula, and in log space",
        "The cross entropy of a softmax, by the formula -log(exp(z_y)/Σ exp(z)) and as log-softmax, which subtracts the largest logit first, in " +
            "float32 and float64, while the logits grow. The formula overflows once the exponential of the largest logit does; bisection finds " +
            "where.",
        [
            "The curve of the formula ends at the overflow, at ln of the largest number: 88.7 in float32, 709.8 in float64.",
            "Below the overflow both agree: nothing warns of it.",
            "Lower largest below 88: the formula is finite everywhere, and looks correct.",
        ],
        [
            ExperimentParameter.Integer("classes", 10, 2, 1000, "The number of classes."),
            ExperimentParameter.Number("largest", 1000, 1, 10_000, "The largest logit at the end of the curves, which begin at 1."),
            ExperimentParameter.Integer("points", 61, 2, 501, "Points of each curve."),
        ],
        Run);

    private static ExperimentResult Run(ExperimentRun run)
    {
        int points = run.Integer("points");
        double largest = run.Number("largest");
        double[] scales = [.. Enumerable.Range(0, points).Select(i => Math.Pow(largest, i / (points - 1.0)))];
        (double[] logits, int label) = Logits(run.Generator("logits"), run.Integer("classes"));
        long evaluations = points + Bisections;
        Form[] forms =
        [
            .. new[] { DType.Float32, DType.Float64 }.SelectMany(dtype => new[] { false, true }, (dtype, stable) =>
                new Form(run, dtype, stable, logits, label, evaluations)),
        ];
        foreach (Form form in forms)
        {
            form.Sweep(scales);
        }

        Form exact = forms[^1];
        return new ExperimentResult(
            [
                new ExperimentChart("loss", "Cross entropy over the size of the logits", new("largest logit", null, true), new("loss"),
                    [.. forms.Select(form => new ExperimentSeries(form.Name, scales, form.Losses))])
                {
                    Marks = [.. new[] { ("ln max float32", Math.Log(float.MaxValue)), ("ln max float64", Math.Log(double.MaxValue)) }
                        .Where(mark => mark.Item2 <= largest).Select(mark => new ChartMark(mark.Item2, mark.Item1))],
                },
                new ExperimentChart("error", "Relative error of the loss, against log space in float64",
                    new("largest logit", null, true), new("relative error", null, true),
                    [.. forms.SkipLast(1).Select(form => new ExperimentSeries(form.Name, scales, form.Errors(exact)))]),
            ],
            new ExperimentTable(
                [new("form"), new("largest finite logit"), new("largest relative error where finite")],
                [.. forms.Select(form => (ScalarValue[])[form.Name, form.Limit(largest),
                    form.Errors(exact).Where(double.IsFinite).DefaultIfEmpty().Max()])]),
            Conclusion(forms, largest));
    }

    // The largest logit is 1, and the label that of the second largest, so that the loss grows with the scale. None is negative: exponentials that
    // become zero would be another failure.
    private static (double[] Logits, int Label) Logits(SeededGenerator random, int classes)
    {
        double[] logits = [.. Enumerable.Range(0, classes).Select(_ => 0.9 * random.Unit())];
        int top = Array.IndexOf(logits, logits.Max());
        logits[top] = double.NegativeInfinity;
        int label = Array.IndexOf(logits, logits.Max());
        logits[top] = 1;
        return (logits, label);
    }

    private static string Conclusion(Form[] forms, double largest)
    {
        IEnumerable<string> limits = forms.Where(form => !form.IsStable).Select(form =>
        {
            double limit = form.Limit(largest), expected = Math.Log(form.DType == DType.Float32 ? float.MaxValue : double.MaxValue);
            return limit < largest
                ? $"In {form.DType.Label()} the formula gives no number once the largest logit exceeds {limit:0.0}; the exponential overflows " +
                    $"at {expected:0.0}."
                : $"In {form.DType.Label()} the formula is finite up to {Figures.Of(largest)}, below the overflow of the exponential at " +
                    $"{expected:0.0}.";
        });
        int broken = forms.Where(form => form.IsStable).Sum(form => form.Losses.Count(loss => !double.IsFinite(loss)));
        string stable = broken == 0
            ? $"In log space every loss is finite, up to a logit of {Figures.Of(largest)} in both types."
            : $"In log space {broken} losses are not finite.";
        return $"{string.Join(' ', limits)} {stable}";
    }

    private sealed class Form
    {
        private readonly GradientFunction function;
        private readonly double[] logits;

        public Form(ExperimentRun run, DType dtype, bool stable, double[] logits, int label, long evaluations)
        {
            (DType, IsStable, this.logits) = (dtype, stable, logits);
            var graph = new GraphSketch();
            string z = graph.Input("z", Tensor.Zeros(new TensorType(dtype, Shape.Of(logits.Length))));
            string log = stable ? graph.Add("LogSoftmax", z) : graph.Add("Log", Formula(graph, z));
            string loss = graph.Add("Neg", graph.Add("Gather", log, Literal.Of((long)label)));
            function = new GradientFunction(run, graph, loss, [z], evaluations);
        }

        public DType DType { get; }

        public bool IsStable { get; }

        public string Name => $"{(IsStable ? "log space" : "formula")}, {DType.Label()}";

        public double[] Losses { get; private set; } = [];

        private double[] Scales { get; set; } = [];

        public void Sweep(double[] scales)
        {
            Scales = scales;
            Losses = [.. scales.Select(Loss)];
        }

        public double[] Errors(Form exact) => [.. Losses.Zip(exact.Losses, (mine, other) => Math.Abs((mine - other) / other))];

        /// <summary>The largest scale with a finite loss, between points of the sweep, or the last one.</summary>
        public double Limit(double largest)
        {
            int broken = Array.FindIndex(Losses, loss => !double.IsFinite(loss));
            if (broken < 0)
            {
                return largest;
            }

            (double low, double high) = (broken == 0 ? 0 : Scales[broken - 1], Scales[broken]);
            for (int i = 0; i < Bisections; i++)
            {
                double middle = (low + high) / 2;
                (low, high) = double.IsFinite(Loss(middle)) ? (middle, high) : (low, middle);
            }

            return low;
        }

        private double Loss(double scale)
        {
            for (int i = 0; i < logits.Length; i++)
            {
                function.Inputs[0][i] = scale * logits[i];
            }

            return function.Evaluate();
        }

        private static string Formula(GraphSketch graph, string z)
        {
            string exponentials = graph.Add("Exp", z);
            return graph.Add("Div", exponentials, graph.Add("ReduceSum", exponentials));
        }
    }
}
