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
/// <param name="Epsilon">The step, or null for one that suits the element type and the element.</param>
/// <param name="RelativeTolerance">Allowed beside the absolute one, as a part of the numeric value.</param>
/// <param name="AbsoluteTolerance">Allowed in any case.</param>
public sealed record CheckRequest(
    IReadOnlyList<string>? Wrt, string? Output, DifferenceMethod Method, double? Epsilon, double RelativeTolerance, double AbsoluteTolerance);

/// <summary>One element of a gradient, had both ways.</summary>
/// <param name="Input">The input.</param>
/// <param name="Index">The multi-index of the element.</param>
/// <param name="Analytic">By backpropagation.</param>
/// <param name="Numeric">By finite differences.</param>
public sealed record CheckedElement(string Input, int[] Index, double Analytic, double Numeric);

/// <summary>What a gradient check found.</summary>
/// <param name="Passed">Whether every element is close, those aside of which the differences cannot tell.</param>
/// <param name="Undetermined">The number of these.</param>
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
    long Undetermined,
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
    public CheckReport Run(ComputationRequest submission, CheckRequest request, CancellationToken cancellation)
    {
        if (submission.Batch.Count > 0)
        {
            throw new GraphException("batch", "a gradient check takes one point");
        }

        DerivativeQuery query = Queries.Gradient(request.Wrt, request.Output, null, null);
        Execution first = engine.Run(submission, query, cancellation);
        Execution gradient = engine.Run(submission, query, cancellation);
        string output = Selection.Output(submission.Definition, request.Output);
        (CompiledQuery value, Tensor[] inputs, double compileMs) = engine.Prepare(submission, Queries.Value(output), cancellation);
        KeyedTensor[] gradients = [.. gradient.WithRole(ResultRole.Gradient)];
        long elements = gradients.Sum(g => (long)g.Value.Count);
        long evaluations = request.Method == DifferenceMethod.Forward ? elements + 1 : 2 * elements;
        engine.RequireAffordable(value, evaluations);

        var differences = new DifferenceQuotients(engine, value, request, cancellation);
        var tally = new Tally(request);
        long start = Stopwatch.GetTimestamp();
        differences.Begin(inputs);
        Dictionary<string, int> places = submission.Definition.Inputs.Index()
            .ToDictionary(pair => pair.Item.Name, pair => pair.Index, StringComparer.Ordinal);
        foreach ((ResultKey key, Tensor analytic) in gradients)
        {
            string name = key.Name;
            Require(places.TryGetValue(name, out int place), "wrt", $"'{name}' is a constant; a gradient check perturbs inputs");
            for (int i = 0; i < analytic.Count; i++)
            {
                double quotient = differences.At(inputs, place, i);
                tally.Add(name, analytic, i, quotient, () => differences.Examined(inputs, place, i, quotient));
            }
        }

        double finiteMs = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return new CheckReport(
            tally.Passed, tally.Undetermined, tally.MaxAbsolute, tally.MaxRelative, tally.Worst, differences.Evaluations, gradient.Timing.RunMs,
                finiteMs, gradient.Warnings,
            new Timing(first.Timing.CompileMs + compileMs, gradient.Timing.RunMs + finiteMs));
    }

    private static void Require(bool condition, string path, string message)
    {
        if (!condition)
        {
            throw new GraphException(path, message);
        }
    }

    private sealed class Tally(CheckRequest request)
    {
        private double furthest = double.NegativeInfinity;

        public bool Passed { get; private set; } = true;

        public long Undetermined { get; private set; }

        public double MaxAbsolute { get; private set; }

        public double MaxRelative { get; private set; }

        public CheckedElement? Worst { get; private set; }

        // Only where the first quotient disagrees is it asked what quotients there are worth.
        public void Add(string input, Tensor gradient, int position, double numeric, Func<DifferenceQuotient> examine)
        {
            double analytic = gradient[position];
            if (!(Math.Abs(analytic - numeric) <= Allowed(numeric)))
            {
                DifferenceQuotient examined = examine();
                numeric = examined.Value;
                bool isClose = Math.Abs(analytic - numeric) <= Allowed(numeric);
                bool isVague = !isClose && double.IsFinite(analytic) && !(Math.Abs(analytic - numeric) > Allowed(numeric) + examined.Error);
                Undetermined += isVague ? 1 : 0;
                Passed &= isClose || isVague;
            }

            double error = Math.Abs(analytic - numeric);
            double scale = Math.Max(Math.Abs(analytic), Math.Abs(numeric));
            double allowed = Allowed(numeric);
            MaxAbsolute = Math.Max(MaxAbsolute, error);
            MaxRelative = Math.Max(MaxRelative, error == 0 ? 0 : error / scale);
            double distance = double.IsNaN(error) ? double.PositiveInfinity : allowed == 0 ? error : error / allowed;
            if (distance > furthest)
            {
                furthest = distance;
                Worst = new CheckedElement(input, gradient.Shape.IndexOf(position), analytic, numeric);
            }
        }

        private double Allowed(double numeric) => request.AbsoluteTolerance + (request.RelativeTolerance * Math.Abs(numeric));
    }
}
