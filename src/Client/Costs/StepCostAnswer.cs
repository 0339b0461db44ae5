namespace Backprop.Client.Costs;

/// <summary>The response of <c>POST /step-costs</c>: the cost of one training step, each figure with its formula.</summary>
public sealed record StepCostAnswer
{
    /// <summary>The id of the submitted graph; absent for a model.</summary>
    public string? GraphId { get; init; }

    /// <summary>The model; absent for a graph.</summary>
    public PricedModel? Model { get; init; }

    /// <summary>The precision assumed for matrix products.</summary>
    public required Precision Precision { get; init; }

    /// <summary>The work of one step, over all devices.</summary>
    public required StepFlops Flops { get; init; }

    /// <summary>The ratio of the backward to the forward pass in FLOPs: 2 for matrix products. It is not the ratio of their times.</summary>
    public required double BackwardToForward { get; init; }

    /// <summary>The memory of the device that needs most; absent if only a parameter count is known.</summary>
    public required StepMemory Memory { get; init; }

    /// <summary>
    /// The time of one step; absent for a model without <c>hardware</c>. For a graph without it, the time on this server, from the measured rates of
    /// its host.
    /// </summary>
    public StepTime? Time { get; init; }

    /// <summary>How well the devices are used; absent without a measured time or without <c>hardware</c>.</summary>
    public StepUtilization? Utilization { get; init; }

    /// <summary>Whether it fits; absent without <c>hardware</c>.</summary>
    public StepFit? Fit { get; init; }

    /// <summary>The cost of a whole run; absent without <c>tokens</c>.</summary>
    public RunCost? Run { get; init; }

    /// <summary>How each figure is computed.</summary>
    public required IReadOnlyList<FigureOrigin> Formulas { get; init; }

    /// <summary>Assumptions made for what the request leaves out.</summary>
    public required IReadOnlyList<string> Assumptions { get; init; }

    /// <summary>Contradictions; empty if there are none.</summary>
    public required IReadOnlyList<Inconsistency> Inconsistencies { get; init; }
}

/// <summary>The model and its setup.</summary>
public sealed record PricedModel
{
    /// <summary>The id in the catalogue; absent for a custom model.</summary>
    public string? Id { get; init; }

    /// <summary>All parameters, exactly.</summary>
    public required long Parameters { get; init; }

    /// <summary>The parameters that one token uses, exactly.</summary>
    public required long ActiveParameters { get; init; }

    /// <summary>Sequences of one step.</summary>
    public required long BatchSize { get; init; }

    /// <summary>Tokens of a sequence.</summary>
    public required long SequenceLength { get; init; }

    /// <summary>All devices.</summary>
    public required long Devices { get; init; }
}

/// <summary>Floating-point operations of one step: two per multiply-add. Doubles: exact up to 2⁵³, within 1e-15 of the true count beyond.</summary>
public sealed record StepFlops
{
    /// <summary>The forward pass: for a model its matrix products, for a graph every operator.</summary>
    public required double Forward { get; init; }

    /// <summary>The backward pass.</summary>
    public required double Backward { get; init; }

    /// <summary>The model's own FLOPs: forward and backward without recomputation, as counted by MFU.</summary>
    public required double Model { get; init; }

    /// <summary>Recomputation that saves memory.</summary>
    public required double Recomputed { get; init; }

    /// <summary>The executed FLOPs: the model's and the recomputed ones, as counted by HFU.</summary>
    public required double Hardware { get; init; }

    /// <summary>The optimizer, not included in the sums above.</summary>
    public required double Optimizer { get; init; }

    /// <summary>
    /// Norms, softmax and activations of the forward and backward pass, not included in the sums above; absent for a graph, whose sums include them.
    /// </summary>
    public double? Elementwise { get; init; }

    /// <summary>Exponentials, logarithms and the like, which have no agreed number of FLOPs, forward and backward.</summary>
    public double? Transcendentals { get; init; }

    /// <summary>Bytes read and written; absent for a model, whose <c>time</c> reports them.</summary>
    public double? Bytes { get; init; }

    /// <summary>The forward pass per token; absent for a graph.</summary>
    public double? ForwardPerToken { get; init; }

    /// <summary>The parts: kinds of matrix products for a model, operators for a graph.</summary>
    public required IReadOnlyList<FlopsPart> Parts { get; init; }

    /// <summary>The model's FLOPs under each convention for counting attention; absent for a graph.</summary>
    public IReadOnlyList<AttentionFlops>? Attention { get; init; }

    /// <summary>Formulas from the literature for the same step; absent for a graph.</summary>
    public IReadOnlyList<NamedFlops>? Approximations { get; init; }
}

/// <summary>One part of the work.</summary>
public sealed record FlopsPart
{
    /// <summary>Its name: <c>attentionScores</c>, or an operator's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its FLOPs in the forward pass.</summary>
    public required double Forward { get; init; }

    /// <summary>Its FLOPs in the backward pass.</summary>
    public required double Backward { get; init; }
}

/// <summary>The model's FLOPs under one convention.</summary>
public sealed record AttentionFlops
{
    /// <summary>The convention.</summary>
    public required AttentionConvention Convention { get; init; }

    /// <summary>Training FLOPs of attention's products per token.</summary>
    public required double AttentionPerToken { get; init; }

    /// <summary>Training FLOPs per token, all parts.</summary>
    public required double TrainingPerToken { get; init; }

    /// <summary>Training FLOPs of one step.</summary>
    public required double Training { get; init; }
}

/// <summary>FLOPs of one step by a formula from the literature.</summary>
public sealed record NamedFlops
{
    /// <summary>The formula's name.</summary>
    public required string Name { get; init; }

    /// <summary>FLOPs of one step according to it.</summary>
    public required double Training { get; init; }

    /// <summary>Its relative difference from the count part by part.</summary>
    public required double RelativeDifference { get; init; }
}
