using System.Text.Json.Serialization;
using Backprop.Client.Json;

namespace Backprop.Client.Costs;

/// <summary>
/// A custom model: the configuration of a decoder-only transformer (which requires <c>layers</c>, <c>hidden</c>, <c>heads</c> and <c>vocabulary</c>),
/// or only a count of <c>parameters</c>.
/// </summary>
public sealed record ModelDescription
{
    /// <summary>The number of parameters, if no configuration is given. Whole, from 1 to 1e18.</summary>
    public double? Parameters { get; init; }

    /// <summary>The parameters that one token uses (mixture of experts), in addition to <c>parameters</c>. Default: all.</summary>
    public double? ActiveParameters { get; init; }

    /// <summary>The number of blocks, L.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? Layers { get; init; }

    /// <summary>The width of the residual stream, h.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? Hidden { get; init; }

    /// <summary>The attention heads of a layer, a.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? Heads { get; init; }

    /// <summary>The key and value heads of a layer, g, which divides <c>heads</c>. Default: <c>heads</c>.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? KvHeads { get; init; }

    /// <summary>The width of a head, d. Default: <c>hidden / heads</c>.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? HeadDimension { get; init; }

    /// <summary>The inner width of the feed-forward layers, or of one expert, f. Default: <c>4·hidden</c>.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? FeedForward { get; init; }

    /// <summary>The tokens of the vocabulary, V.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? Vocabulary { get; init; }

    /// <summary>The maximum sequence length of the model. Default: 2048.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? Context { get; init; }

    /// <summary>Learned position vectors; 0 if positions are rotary or the like. Default: 0.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? Positions { get; init; }

    /// <summary>Whether the output layer shares the weights of the embedding. Default: false.</summary>
    public bool? Tied { get; init; }

    /// <summary>Whether the feed-forward layers have a gate (SwiGLU, GeGLU): three matrices instead of two. Default: false.</summary>
    public bool? Gated { get; init; }

    /// <summary>Which linear layers have a bias. Default: <c>none</c>.</summary>
    public LinearBias? Bias { get; init; }

    /// <summary>What the norms learn. Default: <c>rmsNorm</c>.</summary>
    public NormKind? Norm { get; init; }

    /// <summary>Norms of the width of the residual stream in one layer, 0 to 8. Default: 2, or 1 with <c>parallelBlocks</c>.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? NormsPerLayer { get; init; }

    /// <summary>Whether queries and keys are normalised within each head. Default: false.</summary>
    public bool? QkNorm { get; init; }

    /// <summary>Whether the embedded tokens are normalised. Default: false.</summary>
    public bool? EmbeddingNorm { get; init; }

    /// <summary>Whether attention and feed-forward run in parallel on the same input (GPT-J, PaLM). Default: false.</summary>
    public bool? ParallelBlocks { get; init; }

    /// <summary>Whether masks of dropout are kept for the backward pass. Default: false.</summary>
    public bool? Dropout { get; init; }

    /// <summary>The number of tokens that a position attends to, in layers with a window. Default: no window.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? SlidingWindow { get; init; }

    /// <summary>The number of layers with a window. Default: all.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? SlidingLayers { get; init; }

    /// <summary>The mixture of experts. Default: one dense feed-forward layer.</summary>
    public ExpertsContract? Experts { get; init; }

    /// <summary>Multi-head latent attention (DeepSeek-V2). Default: plain attention.</summary>
    public LatentAttentionContract? LatentAttention { get; init; }
}

/// <summary>Feed-forward layers among which a router chooses some for each token.</summary>
public sealed record ExpertsContract
{
    /// <summary>The experts that are routed to, E.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public required long Count { get; init; }

    /// <summary>The experts that a token goes to.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public required long Active { get; init; }

    /// <summary>Experts that every token also goes to. Default: 0.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? Shared { get; init; }

    /// <summary>The number of first layers, which have one dense feed-forward layer instead. Default: 0.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? DenseLayers { get; init; }

    /// <summary>The inner width of those dense layers. Default: <c>feedForward</c>.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? DenseFeedForward { get; init; }

    /// <summary>Whether the router has a bias for each expert. Default: false.</summary>
    public bool? RouterBias { get; init; }
}

/// <summary>Attention whose keys and values are expanded from a narrow latent vector; <c>heads</c> counts its heads.</summary>
public sealed record LatentAttentionContract
{
    /// <summary>The width of the latent queries; 0 if queries are projected directly.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public required long QueryRank { get; init; }

    /// <summary>The width of the latent keys and values.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public required long KeyValueRank { get; init; }

    /// <summary>The part of a head's query and key that carries no position.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public required long ContentDimension { get; init; }

    /// <summary>The part of a head's query and key that carries the rotary position; its key is shared by all heads.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public required long RotaryDimension { get; init; }

    /// <summary>The width of a head's value.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public required long ValueDimension { get; init; }
}

/// <summary>Which linear layers have a bias.</summary>
public enum LinearBias
{
    /// <summary>None.</summary>
    None,

    /// <summary>The projections to queries, keys and values.</summary>
    Qkv,

    /// <summary>All of the blocks; the output layer has none.</summary>
    All,
}

/// <summary>What a norm learns.</summary>
public enum NormKind
{
    /// <summary>A scale (RMS norm, or layer norm without bias).</summary>
    RmsNorm,

    /// <summary>A scale and a bias.</summary>
    LayerNorm,
}
