using System.Text.Json.Serialization;
using Backprop.Client.Json;

namespace Backprop.Client.Costs;

/// <summary>The request body of <c>POST /step-costs</c>: a model, or a graph in exactly one of four ways, and how it is trained.</summary>
public sealed record StepCostRequest : CostRequest
{
    /// <summary>
    /// For a graph: what to differentiate with respect to: float inputs, float constants, or <c>["*"]</c>. Default: every float input.
    /// </summary>
    public IReadOnlyList<string>? Wrt { get; init; }

    /// <summary>For a graph: the output to differentiate. Default: the only one.</summary>
    public string? Output { get; init; }

    /// <summary>The sequences of one step over all devices. Default: one per data-parallel replica.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? BatchSize { get; init; }

    /// <summary>
    /// The sequences that a replica runs at a time; its share of the batch is run in several micro-batches (gradient accumulation, pipelining).
    /// Default: its whole share; 1 with a pipeline.
    /// </summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? MicroBatchSize { get; init; }

    /// <summary>Tokens of a sequence. Default: the model's context, or 2048 if it states none.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? SequenceLength { get; init; }

    /// <summary>Default: <c>adam</c>.</summary>
    public OptimizerKind? Optimizer { get; init; }

    /// <summary>Which forward values are recomputed instead of kept. Default: <c>none</c>.</summary>
    public RecomputationPolicy? Checkpointing { get; init; }

    /// <summary>How attention is counted in the model's FLOPs; the answer gives all of them. Default: <c>full</c>.</summary>
    public AttentionConvention? Attention { get; init; }

    /// <summary>Whether a fused kernel keeps no attention scores, as if only they were recomputed. Default: false.</summary>
    public bool? FlashAttention { get; init; }

    /// <summary>
    /// Whether a copy of the weights in fp32 is updated. Default: true if weights are stored in 16 bits; without it the optimizer's state has 16 bits
    /// too.
    /// </summary>
    public bool? MasterWeights { get; init; }

    /// <summary>The precision in which gradients are stored: <c>fp32</c>, or that of the weights. Default: that of the weights.</summary>
    public Precision? GradientPrecision { get; init; }

    /// <summary>All devices: dataParallel · tensorParallel · pipelineParallel. Default: that product.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? Devices { get; init; }

    /// <summary>Replicas of the model, each with its share of the batch. Default: derived from <c>devices</c>, or 1.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? DataParallel { get; init; }

    /// <summary>Devices that share each layer; their number must divide that of the heads. Default: 1.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? TensorParallel { get; init; }

    /// <summary>Stages that the layers are split into; their number must divide that of the layers. Default: 1.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? PipelineParallel { get; init; }

    /// <summary>Chunks of layers that a stage holds, interleaved. Default: 1.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? PipelineChunks { get; init; }

    /// <summary>Whether norms and dropout are split along the sequence over the tensor-parallel devices. Default: false.</summary>
    public bool? SequenceParallel { get; init; }

    /// <summary>
    /// What is split over the replicas (ZeRO, FSDP): 0 nothing, 1 the optimizer's state, 2 gradients too, 3 weights too. Default: 0.
    /// </summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? ZeroStage { get; init; }

    /// <summary>Bandwidth of a device's link to others, GB/s per direction. Default: the device's own link.</summary>
    public double? LinkGbPerSecond { get; init; }

    /// <summary>An assumed utilisation, above 0 and at most 1: the ratio of model FLOPs to the peak of the devices.</summary>
    public double? Mfu { get; init; }

    /// <summary>The measured time of one step, milliseconds, above 0.</summary>
    public double? StepMs { get; init; }

    /// <summary>The measured memory of one device, bytes, above 0.</summary>
    public double? MeasuredBytes { get; init; }

    /// <summary>The tokens of a whole training run, to report its cost. At least 1.</summary>
    public double? Tokens { get; init; }
}

/// <summary>An optimizer, as far as its memory and work go.</summary>
public enum OptimizerKind
{
    /// <summary>None: only gradients.</summary>
    None,

    /// <summary>Plain stochastic gradient descent: no state.</summary>
    Sgd,

    /// <summary>With momentum: one state per parameter.</summary>
    SgdMomentum,

    /// <summary>Two moments per parameter.</summary>
    Adam,

    /// <summary>Adam with decoupled weight decay: the same state.</summary>
    Adamw,

    /// <summary>Adam with moments of 8 bits.</summary>
    Adam8bit,

    /// <summary>One moment; the update is its sign.</summary>
    Lion,

    /// <summary>One moment, orthogonalised by five Newton–Schulz steps.</summary>
    Muon,

    /// <summary>Second moments by row and column, no first moment.</summary>
    Adafactor,
}

/// <summary>Which forward values are recomputed in the backward pass.</summary>
public enum RecomputationPolicy
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The attention scores (Korthikanti et al. 2022).</summary>
    Selective,

    /// <summary>Every layer from its input.</summary>
    Full,

    /// <summary>Segments of about √layers layers, each from its input (Chen et al. 2016).</summary>
    Sqrt,
}

/// <summary>How the products of attention are counted: 12·L·q·s, 6·L·q·s or 7·L·q·s per training token.</summary>
public enum AttentionConvention
{
    /// <summary>Every token attends to all: 12·L·q·s (PaLM, appendix B).</summary>
    Full,

    /// <summary>A token attends to those before it: 6·L·q·s.</summary>
    Causal,

    /// <summary>The same, with scores recomputed in the backward pass by a fused kernel: 7·L·q·s.</summary>
    CausalFlash,

    /// <summary>A token attends to itself and those before it, (s+1)/2 on average: 6·L·q·(s+1).</summary>
    CausalExact,
}
