using System.Diagnostics;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Engine;

/// <summary>How finite differences are taken.</summary>
public enum DifferenceMethod
{
    /// <summary>(f(x+ε) − f(x))/ε: n+1 evaluations, an error of order ε.</summary>
    Forward,

    /// <summary>(f(x+ε) − f(x−ε))/2ε: 2n evaluations, an error of order ε².</summary>
    Central,
}

/// <summary>A gradient check: by which inputs, how, and how close.</summary>
/// <param name="Wrt">The inputs, or null for all float ones.</param>
/// <param name="Output">The output, or null for the only one.</param>
/// <param name="Method">Forward or central.</param>
/// <param name="Epsilon">The step.</param>
/// <param name="RelativeTolerance">Allowed beside the absolute one, as a part of the numeric value.</param>
/// <param name="AbsoluteTolerance">Allowed in any case.</param>
public sealed record CheckRequest(
    IReadOnlyList<string>? Wrt, string? Output, DifferenceMethod Method, double Epsilon, double RelativeTolerance, double AbsoluteTolerance);

/// <summary>One element of a gradient, had both ways.</summary>
/// <param name="Input">The input.</param>
/// <param name="Index">The multi-index of the element.</param>
/// <param name="Analytic">By backpropagation.</param>
/// <param name="Numeric">By finite differences.</param>
public sealed record CheckedElement(string Input, int[] Index, double Analytic, double Numeric);

/// <summary>What a gradient check found.</summary>
/// <param name="Passed">Whether every element is close.</param>
/// <param name="MaxAbsoluteError">The largest |a−n|.</param>
/// <param name="MaxRelativeError">The largest |a−n|/max(|a|,|n|).</param>
/// <param name="Worst">The element furthest out by the tolerances, or null where there was none.</param>
/// <param name="Evaluations">How often the graph was run for the differences.</param>
/// <param name="BackpropMs">The time of one gradient.</param>
/// <param name="FiniteDifferenceMs">The time of all evaluations.</param>
/// <param name="Warnings">Where non-finite values came from.</param>
/// <param name="Timing">Where the time went.</param>
public sealed record CheckReport(
    bool Passed,
    double MaxAbsoluteError,
    double MaxRelativeError,
    CheckedElement? Worst,
    long Evaluations,
    double BackpropMs,
    double FiniteDifferenceMs,
    IReadOnlyList<NumericWarning> Warnings,
    Timing Timing);

/// <summary>Compares gradients with finite differences that are really run, and times both (torch.autograd.gradcheck).</summary>
public sealed class GradientCheck(DerivativeEngine engine)
{
    /// <summary>Runs the check.</summary>
    /// <exception cref="GraphException">The graph or a value does not fit, or the output has several elements.</exception>
    /// <exception cref="LimitException">The evaluations together would cost more than is allowed.</exception>
    public CheckReport Run(Submission submission, CheckRequest request, CancellationToken cancellation)
    {
        if (submission.Batch.Count > 0)
        {
            throw new GraphException("batch", "a gradient check takes one point");
        }

        Question question = Questions.Gradient(request.Wrt, request.Output, null, null);
        (Execution first, _) = engine.Run(submission, question, cancellation);
        (Execution gradient, _) = engine.Run(submission, question, cancellation);
        string output = Selection.Output(submission.Definition, request.Output);
        (Compiled value, Tensor[] inputs, double compileMs) = engine.Prepare(submission, Questions.Value(output), cancellation);
        (string Name, Tensor Gradient)[] gradients =
            [.. gradient.Results.Where(result => result.Name.StartsWith("g:", StringComparison.Ordinal)).Select(result => (result.Name[2..], result.Value))];
        long elements = gradients.Sum(g => (long)g.Gradient.Count);
        long evaluations = request.Method == DifferenceMethod.Forward ? elements + 1 : 2 * elements;
        engine.RequireAffordable(value, evaluations);

        var differences = new Differences(engine, value, request, cancellation);
        var tally = new Tally(request);
        long start = Stopwatch.GetTimestamp();
        differences.Begin(inputs);
        Dictionary<string, int> places = submission.Definition.Inputs.Index().ToDictionary(pair => pair.Item.Name, pair => pair.Index, StringComparer.Ordinal);
        foreach ((string name, Tensor analytic) in gradients)
        {
            Require(places.TryGetValue(name, out int place), "wrt", $"'{name}' is a constant; a gradient check perturbs inputs");
            for (int i = 0; i < analytic.Count; i++)
            {
                tally.Add(name, analytic, i, differences.At(inputs, place, i));
            }
        }

        double finiteMs = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return new CheckReport(
            tally.Passed, tally.MaxAbsolute, tally.MaxRelative, tally.Worst, evaluations, gradient.Timing.RunMs, finiteMs, gradient.Warnings,
            new Timing(first.Timing.CompileMs + compileMs, gradient.Timing.RunMs + finiteMs));
    }

    private static void Require(bool condition, string path, string message)
    {
        if (!condition)
        {
            throw new GraphException(path, message);
        }
    }

    private sealed class Differences(DerivativeEngine engine, Compiled value, CheckRequest request, CancellationToken cancellation)
    {
        private double atPoint;

        public void Begin(Tensor[] inputs) => atPoint = request.Method == DifferenceMethod.Forward ? Value(inputs) : 0;

        public double At(Tensor[] inputs, int place, int element)
        {
            double above = Value(Moved(inputs, place, element, request.Epsilon));
            return request.Method == DifferenceMethod.Forward
                ? (above - atPoint) / request.Epsilon
                : (above - Value(Moved(inputs, place, element, -request.Epsilon))) / (2 * request.Epsilon);
        }

        private double Value(Tensor[] inputs) => engine.Execute(value, inputs, cancellation)[0][0];

        private static Tensor[] Moved(Tensor[] inputs, int place, int element, double by)
        {
            var moved = (Tensor[])inputs.Clone();
            if (inputs[place].DType == DType.Float64)
            {
                double[] values = inputs[place].Values<double>().ToArray();
                values[element] += by;
                moved[place] = Tensor.Of(values, inputs[place].Shape);
            }
            else
            {
                float[] values = inputs[place].Values<float>().ToArray();
                values[element] += (float)by;
                moved[place] = Tensor.Of(values, inputs[place].Shape);
            }

            return moved;
        }
    }

    private sealed class Tally(CheckRequest request)
    {
        private double furthest = double.NegativeInfinity;

        public bool Passed { get; private set; } = true;

        public double MaxAbsolute { get; private set; }

        public double MaxRelative { get; private set; }

        public CheckedElement? Worst { get; private set; }

        public void Add(string input, Tensor gradient, int position, double numeric)
        {
            double analytic = gradient[position];
            double error = Math.Abs(analytic - numeric);
            double scale = Math.Max(Math.Abs(analytic), Math.Abs(numeric));
            double allowed = request.AbsoluteTolerance + (request.RelativeTolerance * Math.Abs(numeric));
            Passed &= error <= allowed;
            MaxAbsolute = Math.Max(MaxAbsolute, error);
            MaxRelative = Math.Max(MaxRelative, error == 0 ? 0 : error / scale);
            double distance = double.IsNaN(error) ? double.PositiveInfinity : allowed == 0 ? error : error / allowed;
            if (distance > furthest)
            {
                furthest = distance;
                Worst = new CheckedElement(input, gradient.Shape.IndexOf(position), analytic, numeric);
            }
        }
    }
}
