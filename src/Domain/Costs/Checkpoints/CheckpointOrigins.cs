using System.Globalization;
using Backprop.Domain.Transformations.Checkpointing;

namespace Backprop.Domain.Costs.Checkpoints;

/// <summary>How the figures of plans for a chain are computed, with the numbers inserted, and their assumptions.</summary>
public static class CheckpointOrigins
{
    private const string Chen = "Chen, Xu, Zhang, Guestrin: Training Deep Nets with Sublinear Memory Cost, 2016";
    private const string Griewank = "Griewank, Walther: Algorithm 799: revolve, ACM TOMS 26, 2000";
    private const string Beaumont = "Beaumont, Eyraud-Dubois, Herrmann, Joly, Shilova: Optimal checkpointing for heterogeneous chains, 2019";
    private const string Kept = "the last segment is reversed at once; a framework that also runs it again repeats n layers";

    /// <summary>The formulas.</summary>
    /// <param name="plans">The plans.</param>
    /// <param name="hasBytes">Whether the layers' bytes are known; otherwise every layer keeps one activation.</param>
    /// <param name="backwardToForward">The ratio of the time of the backward pass to that of the forward pass.</param>
    public static IEnumerable<CostOrigin> Of(CheckpointPlans plans, bool hasBytes, double backwardToForward)
    {
        LayerCosts layers = plans.Layers;
        int n = layers.Count;
        string peak = hasBytes ? "peakBytes" : "liveActivations";
        if (layers.IsUniform)
        {
            (double a, double c) = (layers.LargestActivations, layers.Boundary(0));
            yield return Peak("plans.sqrt." + peak, n, plans.Sqrt, a, c);
            yield return new CostOrigin("plans.bestSegments.checkpoints",
                Text($"k* = √(n·A/c) = √({n}·{a}/{c}) = {Math.Sqrt(n * a / c):0.##}; the smallest integer with the least k·c + ⌈n/k⌉·A, ",
                $"{plans.BestSegments.Checkpoints}"), Chen);
            if (plans.Segments is { } segments)
            {
                yield return Peak("plans.segments." + peak, n, segments, a, c);
                yield return new CostOrigin("plans.segments.recomputedLayers",
                    Text($"n − ⌈n/k⌉ = {n} − {n - segments.Figures.Advances} = {segments.Figures.Advances}"), Chen, Kept);
            }
        }
        else
        {
            yield return new CostOrigin("plans.segments.peakBytes",
                "the greatest over the segments of the states stored up to it and the activations of its layers", Chen, Kept);
        }

        if (plans.Revolve is { } revolve)
        {
            yield return Binomial(n, revolve);
        }

        yield return new CostOrigin(
            "plans.optimal.recomputedLayers",
            "T(i, j, m) = min( T(i+1, j, m − Aᵢ), min over i < s ≤ j of Fᵢ + … + Fₛ₋₁ + T(s, j, m − cₛ) + T(i, s−1, m) ); time n³/6 · columns, " +
                "n²/2 · columns for equal layers",
            layers.IsUniform ? Griewank : Beaumont,
            "the least forward time of schedules that drop a state or activations only when their layer is reversed; if states are counted, " +
                "one layer's activations are kept at a time");
        yield return new CostOrigin(
            "plans.optimal.overhead", Text($"time of the layers run again / ((1 + b) · time of one forward pass), b = {backwardToForward}"), Chen,
            "relative to the time of one forward and one backward pass; one additional forward pass is 1/(1 + b)");
    }

    /// <summary>The assumptions.</summary>
    public static IEnumerable<string> Assumptions(CheckpointPlans plans, bool isBudget, bool hasBytes, bool hasTimes, double backwardToForward)
    {
        yield return Text($"The backward pass of a layer takes {backwardToForward} times its forward pass.");
        yield return "The state before a layer and the activations that the layer keeps are counted separately; the input of a layer whose " +
            "activations are kept counts as a state, stored or not.";
        yield return "Parameters, gradients and the working memory of a single layer are not counted.";
        if (!hasBytes)
        {
            yield return "Every layer keeps one activation, and the state before it is another one.";
        }

        if (!hasTimes)
        {
            yield return "All layers take the same time.";
        }

        if (!isBudget)
        {
            yield return "plans.revolve and plans.optimal store at most the given number of states and keep one layer's activations at a time; the " +
                "front shows what else can be done with their memory.";
        }

        if (!plans.IsExact)
        {
            yield return "For the dynamic programming bytes were rounded up to a fraction of the memory: what it finds fits, and is optimal up to " +
                "this rounding.";
        }
    }

    private static CostOrigin Peak(string figure, int n, CheckpointSchedule plan, double a, double c)
    {
        int k = plan.Checkpoints;
        return new CostOrigin(figure, Text($"k·c + ⌈n/k⌉·A = {k}·{c} + ⌈{n}/{k}⌉·{a} = {plan.Figures.PeakBytes}"), Chen,
            "k states, including that before the first layer, and the activations of the longest segment");
    }

    private static CostOrigin Binomial(int l, CheckpointSchedule plan)
    {
        int s = plan.Checkpoints;
        long r = BinomialSchedule.Repetitions(l, s);
        return new CostOrigin(
            "plans.revolve.recomputedLayers",
            Text($"t(l, s) = r·l − C(s+r, s+1) = {r}·{l} − C({s + r}, {s + 1}) = {plan.Figures.Advances}, r the least with C(s+r, s) ≥ l"),
            Griewank,
            Text($"s = {s} counts the state before the first layer; `slots` of POST /gradients counts the others, {s - 1}. t counts layers ",
                $"run without keeping their activations; forwardSteps adds the l that each layer is run once more to keep them: t + l = ",
                $"{plan.Figures.ForwardSteps}"));
    }

    private static string Text(params FormattableString[] parts) =>
        string.Concat(parts.Select(part => part.ToString(CultureInfo.InvariantCulture)));
}
