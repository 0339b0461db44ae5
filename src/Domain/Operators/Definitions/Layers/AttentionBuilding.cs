using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Domain.Operators.Definitions.Layers;

/// <summary>
/// Scaled dot-product attention as two products around a softmax. If several heads of queries share one head of keys, they form an axis of their own,
/// over which keys and values broadcast: nothing is repeated.
/// </summary>
internal sealed class AttentionBuilding
{
    private readonly OperatorCall c;
    private readonly GraphBuilder b;
    private readonly Node q;
    private readonly Node k;
    private readonly Node v;
    private readonly Shape scores;

    /// <summary>Splits the heads and appends keys and values to those of the past.</summary>
    public AttentionBuilding(OperatorCall c)
    {
        (this.c, b) = (c, c.B);
        q = Heads(0, "q_num_heads");
        k = Joined(4, Heads(1, "kv_num_heads"));
        v = Joined(5, Heads(2, "kv_num_heads"));
        bool fits = q.Shape[0] == k.Shape[0] && k.Shape[0] == v.Shape[0] && q.Shape[3] == k.Shape[3] && k.Shape[2] == v.Shape[2]
            && k.Shape[1] == v.Shape[1] && k.Shape[1] > 0 && q.Shape[1] % k.Shape[1] == 0;
        scores = fits
            ? Shape.Of(q.Shape[0], q.Shape[1], q.Shape[2], k.Shape[2])
            : throw new InvalidOperandException($"queries {q.Shape}, keys {k.Shape} and values {v.Shape} [batch,heads,sequence,size] do not fit");
    }

    private int Past => c.Optional(4)?.Shape[2] ?? 0;

    /// <summary>Y, present keys and values, and the scores after the stage that qk_matmul_output_mode selects.</summary>
    public Node[] Build()
    {
        double scale = c.OptionalNumber("scale") ?? (1 / Math.Sqrt(q.Shape[3]));
        Node raw = b.Reshape(b.MatMul(Grouped(b.Times(q, scale)), b.SwapLast(Grouped(k))), scores);
        Node capped = c.Number("softcap") is var cap and not 0 ? b.Times(b.Tanh(b.Div(raw, b.Scalar(cap, raw.DType))), cap) : raw;
        Node masked = Masked(capped);
        Node weights = Weights(masked);
        Node y = b.Reshape(b.MatMul(Grouped(weights), Grouped(v)), Shape.Of([.. scores.Dims[..3], v.Shape[3]]));
        Node shown = c.Int("qk_matmul_output_mode") switch
        {
            0 => raw,
            1 => capped,
            2 => masked,
            3 => weights,
            int other => throw new InvalidOperandException($"attribute qk_matmul_output_mode is {other}, expected 0 to 3"),
        };
        Node joined = c.X.Shape.Rank == 4 ? y
            : b.Reshape(b.Transpose(y, 0, 2, 1, 3), Extents.ToShape([scores[0], scores[2], (long)scores[1] * v.Shape[3]]));
        return [joined, k, v, shown];
    }

    // A query that sees no key has no weights: its row is zero, and its cotangent is zero (ONNX, erratum to Attention 23). The softmax never receives
    // that row.
    private Node Weights(Node masked)
    {
        if (c.Optional(3) is null && c.Optional(6) is null || scores[3] == 0)
        {
            return b.Normalized(Reductions.SoftmaxOp, masked, 3);
        }

        Node zero = b.Scalar(0, masked.DType);
        Node largest = b.Reduce(Reductions.ReduceMaxOp, b.Unary(Elementwise.StopGradientOp, masked), [3], true);
        Node isHidden = b.Equal(largest, b.Scalar(double.NegativeInfinity, masked.DType));
        return b.Where(isHidden, zero, b.Normalized(Reductions.SoftmaxOp, b.Where(isHidden, zero, masked), 3));
    }

    private Node Heads(int place, string count)
    {
        Shape shape = c[place].Shape;
        int heads = c.OptionalInt(count) ?? 0;
        if (shape.Rank == 4 && c.X.Shape.Rank == 4)
        {
            return c[place];
        }

        return shape.Rank == 3 && c.X.Shape.Rank == 3 && heads > 0 && shape[2] % heads == 0
            ? b.Transpose(b.Reshape(c[place], Shape.Of(shape[0], shape[1], heads, shape[2] / heads)), 0, 2, 1, 3)
            : throw new InvalidOperandException($"shape {shape} with {count} {heads}: [batch,heads,sequence,size] for all, or " +
                $"[batch,sequence,hidden] for all and heads that divide it", place);
    }

    private Node Joined(int past, Node present)
    {
        if (c.Optional(past) is not { } before)
        {
            return present;
        }

        bool fits = c.Optional(4)?.Shape.Rank == 4 && c.Optional(5)?.Shape.Rank == 4;
        return fits ? b.Concat([before, present], 2)
            : throw new InvalidOperandException("past_key and past_value are [batch,heads,sequence,size], both or none", past);
    }

    // [batch, heads, rows, columns] with the heads that share keys split off: [batch, key heads, sharing, rows, columns].
    private Node Grouped(Node x)
    {
        (int heads, int shared) = (k.Shape[1], scores[1] / k.Shape[1]);
        return shared == 1 ? x : b.Reshape(x, Shape.Of(x.Shape[0], heads, x.Shape[1] / heads, x.Shape[2], x.Shape[3]));
    }

    // A softcap would make −∞ finite, so masks come after it.
    private Node Masked(Node x)
    {
        Node? lengths = c.Optional(6);
        if (lengths is not null && !lengths.Shape.Equals(Shape.Of(scores[0])))
        {
            throw new InvalidOperandException($"nonpad_kv_seqlen of shape {lengths.Shape}, expected [{scores[0]}]", 6);
        }

        x = Causal(c.Optional(3) is { } mask ? Under(x, Padded(mask)) : x);
        return lengths is null ? x : Under(x, b.Less(b.Iota(scores[3]), b.Reshape(lengths, Shape.Of(scores[0], 1, 1, 1))));
    }

    // Query i attends to keys up to its own, which is number i after those of the past or, in a padded cache, i after those before its own block.
    private Node Causal(Node x)
    {
        if (!c.Flag("is_causal"))
        {
            return x;
        }

        bool isPadded = c.Optional(6) is not null && Past == 0;
        Node offset = isPadded
            ? b.Reshape(b.Sub(c[6], b.Scalar(scores[2], DType.Int64)), Shape.Of(scores[0], 1, 1, 1))
            : b.Scalar(Past, DType.Int64);
        Node last = b.Add(b.Reshape(b.Iota(scores[2]), Shape.Of(scores[2], 1)), offset);
        return Under(x, b.LessOrEqual(b.Iota(scores[3]), last));
    }

    // A mask may be shorter than the keys; keys beyond it are masked.
    private Node Padded(Node mask)
    {
        int missing = mask.Shape.Rank == 0 ? 0 : scores[3] - mask.Shape[^1];
        bool fits = mask.Shape.Rank is >= 2 and <= 4 && mask.DType != DType.Int64 && (mask.DType == DType.Bool || mask.DType == q.DType);
        if (fits && missing > 0 && mask.Shape[^1] > 1)
        {
            var ends = new int[mask.Shape.Rank];
            ends[^1] = missing;
            mask = b.Pad(mask, new int[ends.Length], ends, b.Scalar(mask.DType == DType.Bool ? 0 : double.NegativeInfinity, mask.DType));
        }

        return fits && scores.Equals(Shape.Broadcast(scores, mask.Shape))
            ? mask
            : throw new InvalidOperandException($"attn_mask is {mask.Type}; bool or {q.DType.Label()} that broadcasts to {scores} is expected", 3);
    }

    private Node Under(Node x, Node mask) => mask.DType == DType.Bool ? b.Where(mask, x, b.Scalar(double.NegativeInfinity, x.DType)) : b.Add(x, mask);
}
