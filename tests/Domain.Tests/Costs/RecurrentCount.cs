using Backprop.Domain.Graphs;
using Backprop.Testing.Samples;

namespace Backprop.Domain.Tests.Costs;

/// <summary>FLOPs of a recurrent layer: one product for the inputs of all steps, then each step of each direction.</summary>
internal static class RecurrentCount
{
    public static long Of(Sample sample)
    {
        Shape x = sample.ShapeOf(0), r = sample.ShapeOf(2);
        bool batchFirst = sample.Int("layout", 0) == 1;
        (long steps, long batch, long input) = (x[batchFirst ? 1 : 0], x[batchFirst ? 0 : 1], x[2]);
        (long directions, long all, long hidden) = (r[0], r[1], r[2]);
        long state = batch * hidden;
        long projection = (2 * steps * batch * input * all) + (sample.Has(3) ? (steps * batch * all) + BiasSum(sample, all, hidden) : 0);
        long recurrence = (2 * batch * hidden * all) + (sample.Has(4) ? batch : 0);
        long cell = sample.Operator switch
        {
            "RNN" => 1,
            "GRU" => 7 + (IsLinearFirst(sample) && sample.Has(3) ? 1 : 0),
            _ => 8 + (sample.Has(7) ? 6 : 0),
        };
        return (directions * (projection + (steps * (recurrence + ((cell + Bounded(sample)) * state))))) + (steps * state * Activations(sample, (int)directions));
    }

    // The gates' activation is computed once per gate.
    private static long Activations(Sample sample, int directions)
    {
        int[] times = sample.Operator switch { "RNN" => [1], "GRU" => [2, 1], _ => [3, 1, 1] };
        return Enumerable.Range(0, directions * times.Length).Sum(i => times[i % times.Length] * Each(sample, i));
    }

    private static long Each(Sample sample, int activation) => !sample.Attributes.TryGetValue("activations", out AttributeValue? names) ? 1 : names.Texts![activation] switch
    {
        "Affine" => 2,
        "ScaledTanh" => 3,
        "Softsign" => 8,
        "hardsigmoid" => 4,
        _ => 1,
    };

    private static bool IsLinearFirst(Sample sample) => sample.Int("linear_before_reset", 0) == 1;

    private static long BiasSum(Sample sample, long all, long hidden) => IsLinearFirst(sample) ? 2 * hidden : all;

    // Two comparisons per operand of an activation.
    private static long Bounded(Sample sample) => !sample.Attributes.ContainsKey("clip") ? 0 : 2 * (sample.Operator switch { "RNN" => 1, "GRU" => 3, _ => 5 });
}
