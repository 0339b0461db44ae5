using static Backprop.Testing.Samples.SampleValues;

namespace Backprop.Testing.Samples;

internal static class AttentionSamples
{
    private static readonly string[] Four = ["y", "k", "v", "s"];
    private static readonly Argument[] Heads = [X(1, 2, 3, 2), Y(1, 2, 3, 2), Z(1, 2, 3, 2)];

    public static IEnumerable<Sample> All { get; } =
    [
        Of("Attention", "heads", [X(2, 2, 2, 3), Y(2, 2, 3, 3), Z(2, 2, 3, 2)]),
        Of("Attention", "hidden", [X(1, 2, 4), Y(1, 3, 4), Z(1, 3, 6)], ("q_num_heads", 2), ("kv_num_heads", 2)),
        Of("Attention", "shared keys", [X(1, 4, 2, 3), Y(1, 2, 3, 3), Z(1, 2, 3, 2)], ("scale", 0.7)),
        Of("Attention", "shared keys of hidden", [X(2, 2, 4), Y(2, 3, 2), Z(2, 3, 2)], ("q_num_heads", 2), ("kv_num_heads", 1), ("is_causal", 1)),
        Of("Attention", "causal", [.. Heads], ("is_causal", 1)),
        Of("Attention", "causal behind the past", [X(1, 2, 2, 2), Y(1, 2, 2, 2), Z(1, 2, 2, 2), Argument.Omitted, Y(1, 2, 1, 2), X(1, 2, 1, 2)], ("is_causal", 1)) with { Outputs = Four },
        Of("Attention", "truth mask", [.. Heads, B([true, false, true, true, true, false, false, true, true], 3, 3)]),
        Of("Attention", "float mask", [.. Heads, Spread(-1, 1, 3, 2, 3, 3)]),
        Of("Attention", "causal float mask", [.. Heads, Spread(-1, 1, 3, 1, 1, 3, 3)], ("is_causal", 1)),
        Of("Attention", "short mask", [X(1, 1, 2, 2), Y(1, 1, 3, 2), Z(1, 1, 3, 2), B([true, true, true, false], 2, 2)]),
        Of("Attention", "softcap", [.. Heads], ("softcap", 1.5), ("is_causal", 1)),
        Of("Attention", "raw scores", [.. Heads], ("softcap", 1.5)) with { Outputs = Four },
        Of("Attention", "capped scores", [.. Heads], ("softcap", 1.5), ("qk_matmul_output_mode", 1)) with { Outputs = Four },
        Of("Attention", "masked scores", [.. Heads, Spread(-1, 1, 3, 3, 3)], ("qk_matmul_output_mode", 2)) with { Outputs = Four },
        Of("Attention", "weights", [.. Heads], ("qk_matmul_output_mode", 3), ("is_causal", 1)) with { Outputs = Four },
        Of("Attention", "padded keys", [X(2, 1, 2, 2), Y(2, 1, 3, 2), Z(2, 1, 3, 2), Argument.Omitted, Argument.Omitted, Argument.Omitted, I([2, 3])]),
        Of("Attention", "causal over a padded cache", [X(2, 1, 2, 2), Y(2, 1, 4, 2), Z(2, 1, 4, 2), Argument.Omitted, Argument.Omitted, Argument.Omitted, I([3, 2])], ("is_causal", 1)),
        Of("RotaryEmbedding", "halves", [X(1, 2, 3, 4), U(1, 3, 2), Y(1, 3, 2)]),
        Of("RotaryEmbedding", "interleaved", [X(2, 2, 1, 4), U(2, 1, 2), Y(2, 1, 2)], ("interleaved", 1)),
        Of("RotaryEmbedding", "hidden", [X(1, 2, 8), U(1, 2, 2), Y(1, 2, 2)], ("num_heads", 2)),
        Of("RotaryEmbedding", "positions", [X(2, 1, 2, 4), U(5, 2), Y(5, 2), I([4, 0, 2, 2], 2, 2)]),
        Of("RotaryEmbedding", "a part", [X(1, 2, 2, 6), U(1, 2, 2), Y(1, 2, 2)], ("rotary_embedding_dim", 4)),
        Of("RotaryEmbedding", "an interleaved part of hidden", [X(1, 2, 6), U(4, 1), Y(4, 1), I([3, 1], 1, 2)], ("rotary_embedding_dim", 2), ("num_heads", 2), ("interleaved", 1)),
    ];
}
