namespace Backprop.Domain.Costs.Transformers;

/// <summary>
/// The configuration of a decoder-only transformer. Every count is positive, and products of them stay within 128 bits
/// (<see cref="TransformerRules"/>).
/// </summary>
public sealed record TransformerConfiguration
{
    /// <summary>Blocks, L.</summary>
    public required long Layers { get; init; }

    /// <summary>Width of the residual stream, h.</summary>
    public required long Hidden { get; init; }

    /// <summary>Attention heads of a layer, a.</summary>
    public required long Heads { get; init; }

    /// <summary>Key and value heads of a layer, g.</summary>
    public required long KeyValueHeads { get; init; }

    /// <summary>Width of a head, d.</summary>
    public required long HeadDimension { get; init; }

    /// <summary>Inner width of the feed-forward layers, or of one expert, f.</summary>
    public required long FeedForward { get; init; }

    /// <summary>Tokens of the vocabulary, V.</summary>
    public required long Vocabulary { get; init; }

    /// <summary>The longest sequence that it is designed for.</summary>
    public required long Context { get; init; }

    /// <summary>Learned position vectors.</summary>
    public long Positions { get; init; }

    /// <summary>Whether the output layer shares the weights of the embedding.</summary>
    public bool Tied { get; init; }

    /// <summary>Whether feed-forward layers have a gate: three matrices instead of two.</summary>
    public bool Gated { get; init; }

    /// <summary>Which linear layers have a bias.</summary>
    public BiasScope Bias { get; init; }

    /// <summary>Whether norms have a bias in addition to their scale.</summary>
    public bool NormBias { get; init; }

    /// <summary>Norms of width h in one layer.</summary>
    public long NormsPerLayer { get; init; } = 2;

    /// <summary>Whether queries and keys are normalized within each head, with one scale of width d each.</summary>
    public bool QueryKeyNorm { get; init; }

    /// <summary>Whether the embedded tokens are normalized.</summary>
    public bool EmbeddingNorm { get; init; }

    /// <summary>Whether attention and feed-forward read the same normalized input in parallel.</summary>
    public bool ParallelBlocks { get; init; }

    /// <summary>Whether masks of dropout are kept.</summary>
    public bool Dropout { get; init; }

    /// <summary>Tokens that a position attends to in layers with a window; 0 for no window.</summary>
    public long SlidingWindow { get; init; }

    /// <summary>Layers with the window.</summary>
    public long SlidingLayers { get; init; }

    /// <summary>The mixture of experts; null for dense layers.</summary>
    public ExpertMixture? Experts { get; init; }

    /// <summary>Multi-head latent attention; null for plain attention.</summary>
    public LatentAttention? Latent { get; init; }

    /// <summary>Width of all queries of a layer as the scores see them, q.</summary>
    public long QueryWidth => Heads * (Latent is { } latent ? latent.ContentDimension + latent.RotaryDimension : HeadDimension);

    /// <summary>Width of all keys of a layer, k, with plain attention.</summary>
    public long KeyWidth => KeyValueHeads * HeadDimension;

    /// <summary>Width of attention's output, which is the input of the output projection.</summary>
    public long AttendedWidth => Heads * (Latent?.ValueDimension ?? HeadDimension);

    /// <summary>Matrices of a feed-forward layer.</summary>
    public int FeedForwardMatrices => Gated ? 3 : 2;

    /// <summary>Layers whose feed-forward part is dense.</summary>
    public long DenseLayers => Experts?.DenseLayers ?? Layers;

    /// <summary>Inner width of the dense layers.</summary>
    public long DenseFeedForward => Experts is { DenseLayers: > 0 } mixture ? mixture.DenseFeedForward : FeedForward;
}

/// <summary>Feed-forward layers of which a router selects some for each token.</summary>
/// <param name="Count">The experts that are routed to, E.</param>
/// <param name="Active">The routed experts per token.</param>
/// <param name="Shared">Additional experts that every token uses.</param>
/// <param name="DenseLayers">The first layers, with one dense feed-forward layer instead.</param>
/// <param name="DenseFeedForward">The inner width of those.</param>
/// <param name="RouterBias">Whether the router has a bias for each expert.</param>
public sealed record ExpertMixture(long Count, long Active, long Shared, long DenseLayers, long DenseFeedForward, bool RouterBias);

/// <summary>Attention whose keys and values are expanded from a latent vector (DeepSeek-V2, 2024, §2.1), with a norm on each latent vector.</summary>
/// <param name="QueryRank">Width of the latent queries; 0 if they are projected directly.</param>
/// <param name="KeyValueRank">Width of the latent keys and values.</param>
/// <param name="ContentDimension">The part of a head without position.</param>
/// <param name="RotaryDimension">The part of a head with the rotary position; one key for all heads.</param>
/// <param name="ValueDimension">Width of a head's value.</param>
public sealed record LatentAttention(long QueryRank, long KeyValueRank, long ContentDimension, long RotaryDimension, long ValueDimension);

/// <summary>Which linear layers have a bias.</summary>
public enum BiasScope
{
    /// <summary>None.</summary>
    None,

    /// <summary>Queries, keys and values.</summary>
    Qkv,

    /// <summary>All of the blocks.</summary>
    All,
}
