using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using static Backprop.Domain.Operators.RowSyntax;

namespace Backprop.Domain.Operators.Definitions.Layers;

/// <summary>
/// Attention (Vaswani et al., 2017; grouped queries: Ainslie et al., 2023) and rotary positions (Su et al., 2021), as ONNX defines them.
/// </summary>
internal static class AttentionRows
{
    public static ImmutableArray<Operator> Rows { get; } =
    [
        RowSyntax.Rows("Attention", "Q:F K:F V:F attn_mask:A?' past_key:F? past_value:F? nonpad_kv_seqlen:I?",
            "is_causal:int=0 kv_num_heads:int q_num_heads:int qk_matmul_output_mode:int=0 scale:float softcap:float=0.0 softmax_precision:int",
            "Y present_key present_value qk_matmul_output", "by its definition: softmax(scale·Q·Kᵀ + mask)·V",
            "elements of Q + scores × (2 × key size + 5 + 2 × value size), + scores for a float mask, + scores + rows if anything is masked other " +
                "than by is_causal, + 3 × scores for softcap, + rows × (columns + 1) if causal", c => new AttentionBuilding(c).Build()),
        Row("RotaryEmbedding", "X:F cos_cache:F sin_cache:F position_ids:I?", "interleaved:int=0 num_heads:int=0 rotary_embedding_dim:int=0",
            "X: g rotated back; caches: the parts of g and X", "3 × rotated elements", RotaryEmbedding),
    ];

    // Each pair (x1, x2) is rotated by its angle: (cos·x1 − sin·x2, sin·x1 + cos·x2).
    private static Node RotaryEmbedding(OperatorCall c)
    {
        GraphBuilder b = c.B;
        Node x = Heads(c);
        int size = x.Shape[3];
        int turned = c.Int("rotary_embedding_dim") is var asked and not 0 ? asked : size;
        if (turned < 0 || turned > size || turned % 2 != 0)
        {
            throw new InvalidOperandException($"rotary_embedding_dim is {turned} for heads of {size} elements; it must be even and not larger");
        }

        int half = turned / 2;
        (Node cos, Node sin) = (Angles(c, 1, half), Angles(c, 2, half));
        bool interleaved = c.Flag("interleaved");
        (Node x1, Node x2) = interleaved
            ? (Every(b, x, 0, 2, half), Every(b, x, 1, 2, half))
            : (Every(b, x, 0, 1, half), Every(b, x, half, 1, half));
        Node real = b.Sub(b.Mul(cos, x1), b.Mul(sin, x2)), imaginary = b.Add(b.Mul(sin, x1), b.Mul(cos, x2));
        Shape column = Shape.Of([.. real.Shape.Dims, 1]);
        Node y = interleaved
            ? b.Reshape(b.Concat([b.Reshape(real, column), b.Reshape(imaginary, column)], 4), Shape.Of([.. x.Shape.Dims[..3], turned]))
            : b.Concat([real, imaginary], 3);
        y = turned == size ? y : b.Concat([y, Every(b, x, turned, 1, size - turned)], 3);
        return b.Reshape(y, c.X.Shape);
    }

    // [batch, heads, sequence, size] unchanged; [batch, sequence, heads·size] with the heads as an axis after the sequence.
    private static Node Heads(OperatorCall c)
    {
        Shape shape = c.X.Shape;
        int heads = c.Int("num_heads");
        return shape.Rank == 4 ? c.X
            : shape.Rank == 3 && heads > 0 && shape[2] % heads == 0 ? c.B.Reshape(c.X, Shape.Of(shape[0], shape[1], heads, shape[2] / heads))
            : throw new InvalidOperandException($"X of shape {shape} with num_heads {heads}: [batch,heads,sequence,size], or " +
                $"[batch,sequence,hidden] and heads that divide it", 0);
    }

    // The cosines or sines of each position, [batch, sequence, half], with an axis for the heads.
    private static Node Angles(OperatorCall c, int place, int half)
    {
        Shape shape = c.X.Shape;
        (int batch, int steps) = (shape[0], shape.Rank == 4 ? shape[2] : shape[1]);
        bool gathered = c.Optional(3) is not null;
        if (gathered && (c[place].Shape.Rank != 2 || !c[3].Shape.Equals(Shape.Of(batch, steps))))
        {
            throw new InvalidOperandException($"position_ids of shape {c[3].Shape} and a cache of shape {c[place].Shape}, expected " +
                $"[{batch},{steps}] and [positions,{half}]", place);
        }

        Node angles = gathered ? c.B.Gather(c[place], c[3], 0) : c[place];
        return angles.Shape.Equals(Shape.Of(batch, steps, half))
            ? c.B.Reshape(angles, shape.Rank == 4 ? Shape.Of(batch, 1, steps, half) : Shape.Of(batch, steps, 1, half))
            : throw new InvalidOperandException($"a cache of shape {c[place].Shape}, which gives {angles.Shape}; expected " +
                $"{Shape.Of(batch, steps, half)}", place);
    }

    private static Node Every(GraphBuilder b, Node x, int start, int step, int count) =>
        b.Slice(x, [0, 0, 0, start], [1, 1, 1, step], Shape.Of([.. x.Shape.Dims[..3], count]));
}
