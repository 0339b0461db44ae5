using System.Text.Json.Serialization;
using Backprop.Client.Json;

namespace Backprop.Client.Costs;

/// <summary>What <c>POST /step-costs</c> takes: a model, or a graph in exactly one of four ways, and how it is trained.</summary>
public sealed record StepCostRequest : CostRequest
{
    /// <summary>
    /// For a graph: what is differentiated with respect to, float inputs, float constants, or <c>["*"]</c>. Default: every float input.
    /// </summary>
    public IReadOnlyList<string>? Wrt { get; init; }

    /// <summary>For a graph: the output that is differentiated. Default: the only one.</summary>
    public string? Output { get; init; }

    /// <summary>The sequences of one step over all devices. Default: one for each data-parallel replica.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? BatchSize { get; init; }

    /// <summary>
    /// The sequences that a replica runs at a time; the rest of its share follows (gradient accumulation, pipelining). Default: its whole share; 1
    /// with a pipeline.
    /// </summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? MicroBatchSize { get; init; }

    /// <summary>Tokens of a sequence. Default: the model's context, or 2048 where it states none.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? SequenceLength { get; init; }

    /// <summary>Default: <c>adam</c>.</summary>
    public OptimizerKind? Optimizer { get; init; }

    /// <summary>What of the forward pass is computed again instead of kept. Default: <c>none</c>.</summary>
    public RecomputationPolicy? Checkpointing { get; init; }

    /// <summary>How attention is counted in the model's FLOPs; the answer gives all of them. Default: <c>full</c>.</summary>
    public AttentionConvention? Attention { get; init; }

    /// <summary>Whether a fused kernel keeps no attention scores, as if they alone were recomputed. Default: false.</summary>
    public bool? FlashAttention { get; init; }

    /// <summary>
    /// Whether a copy of the weights in fp32 is updated. Default: true where weights are stored in 16 bits; without it the optimizer's state has 16
    /// bits too.
    /// </summary>
    public bool? MasterWeights { get; init; }

    /// <summary>The precision in which gradients are stored: <c>fp32</c>, or that of the weights. Default: that of the weights.</summary>
    public Precision? GradientPrecision { get; init; }

    /// <summary>All devices; they are dataParallel · tensorParallel · pipelineParallel. Default: that product.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? Devices { get; init; }

    /// <summary>Replicas of the model, each with its share of the batch. Default: what <c>devices</c> leave, or 1.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? DataParallel { get; init; }

    /// <summary>Devices that share each layer; they divide its heads. Default: 1.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? TensorParallel { get; init; }

    /// <summary>Stages that the layers are split into, which they divide. Default: 1.</summary>
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

    /// <summary>What leads from a device to others, GB/s in one direction. Default: the device's own link.</summary>
    public double? LinkGbPerSecond { get; init; }

    /// <summary>A utilisation to reckon with, above 0 and at most 1: model FLOPs by what the devices could do at their peak.</summary>
    public double? Mfu { get; init; }

    /// <summary>The measured time of one step, milliseconds, above 0.</summary>
    public double? StepMs { get; init; }

    /// <summary>The measured memory of one device, bytes, above 0.</summary>
    public double? MeasuredBytes { get; init; }

    /// <summary>The tokens of a whole run, whose cost is then told. At least 1.</summary>
    public double? Tokens { get; init; }
}

/// <summary>An optimizer, as far as its memory and work go.</summary>
public enum OptimizerKind
{
    /// <summary>None: gradients alone.</summary>
    None,

    /// <summary>Plain stochastic gradient descent: no state.</summary>
    Sgd,

    /// <summary>With momentum: one state for each parameter.</summary>
    SgdMomentum,

    /// <summary>Two moments for each parameter.</summary>
    Adam,

    /// <summary>Adam with decoupled weight decay: the same state.</summary>
    Adamw,

    /// <summary>Adam with moments of 8 bits.</summary>
    Adam8bit,

    /// <summary>One moment, sign of the update.</summary>
    Lion,

    /// <summary>One moment, orthogonalised by five steps of Newton and Schulz.</summary>
    Muon,

    /// <summary>Second moments by row and column, no first moment.</summary>
    Adafactor,
}

/// <summary>What of the forward pass is computed again in the backward pass.</summary>
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

/// <summary>How the products of attention are counted: a token of training costs 12·L·q·s, 6·L·q·s or 7·L·q·s of them.</summary>
public enum AttentionConvention
{
    /// <summary>Every token sees all: 12·L·q·s (PaLM, appendix B).</summary>
    Full,

    /// <summary>A token sees those before it: 6·L·q·s.</summary>
    Causal,

    /// <summary>The same, and scores computed again in the backward pass by a fused kernel: 7·L·q·s.</summary>
    CausalFlash,

    /// <summary>A token sees itself and those before it, (s+1)/2 on average: 6·L·q·(s+1).</summary>
    CausalExact,
}
