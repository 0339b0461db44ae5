using Backprop.Domain.Graphs;
using Backprop.Testing.Samples;

namespace Backprop.Domain.Tests.Costs;

/// <summary>FLOPs of attention: two products, a softmax, and the operations on the scores in between.</summary>
internal static class AttentionOperatorCount
{
    public static long Of(Sample sample)
    {
        (Shape q, Shape k, Shape v) = (sample.ShapeOf(0), sample.ShapeOf(1), sample.ShapeOf(2));
        bool flat = q.Rank == 3;
        long heads = flat ? sample.Int("q_num_heads", 1) : q[1], keyHeads = flat ? sample.Int("kv_num_heads", 1) : k[1];
        long size = flat ? q[2] / heads : q[3], valueSize = flat ? v[2] / keyHeads : v[3];
        long rows = flat ? q[1] : q[2], columns = (flat ? k[1] : k[2]) + (sample.Has(4) ? sample.ShapeOf(4)[2] : 0);
        long scores = q[0] * heads * rows * columns;
        long masks = (sample.Has(3) && sample.Arguments[3].Input is { DType: DType.Float64 } ? scores : 0) + (sample.Attributes.ContainsKey("softcap") ? 3 * scores : 0);
        long lengths = sample.Has(6) ? q[0] * columns : 0;
        bool isPadded = sample.Has(6);
        long frontier = sample.Int("is_causal", 0) == 0 ? 0 : isPadded ? q[0] + (q[0] * rows) + (q[0] * rows * columns) : rows + (rows * columns);
        return q.Count + (scores * ((2 * size) + 5 + (2 * valueSize))) + masks + lengths + frontier + (sample.Has(3) || sample.Has(6) ? scores + (scores / columns) : 0);
    }
}
