namespace Backprop.Client.Costs;

/// <summary>What <c>POST /step-costs</c> answers: what one training step takes, each figure with its formula.</summary>
public sealed record StepCostAnswer
{
    /// <summary>The id of the submitted graph; absent for a model.</summary>
    public string? GraphId { get; init; }

    /// <summary>The model; absent for a graph.</summary>
    public PricedModel? Model { get; init; }

    /// <summary>The precision of matrix products that was reckoned with.</summary>
    public required Precision Precision { get; init; }

    /// <summary>The work of one step, over all devices.</summary>
    public required StepFlops Flops { get; init; }

    /// <summary>The backward pass by the forward pass, both in FLOPs: 2 for products of matrices. It is not the ratio of their times.</summary>
    public required double BackwardToForward { get; init; }

    /// <summary>The memory of the device that needs most; absent where a count of parameters leaves it open.</summary>
    public required StepMemory Memory { get; init; }

    /// <summary>
    /// The time of one step; absent for a model without <c>hardware</c>. For a graph without it the time on this server, by what its host was
    /// measured to do.
    /// </summary>
    public StepTime? Time { get; init; }

    /// <summary>How well the devices are used; absent without a measured time, or without <c>hardware</c>.</summary>
    public StepUtilization? Utilization { get; init; }

    /// <summary>Whether it fits; absent without <c>hardware</c>.</summary>
    public StepFit? Fit { get; init; }

    /// <summary>The cost of a whole run; absent without <c>tokens</c>.</summary>
    public RunCost? Run { get; init; }

    /// <summary>How each figure comes about.</summary>
    public required IReadOnlyList<FigureOrigin> Formulas { get; init; }

    /// <summary>What was assumed where the request was silent.</summary>
    public required IReadOnlyList<string> Assumptions { get; init; }

    /// <summary>What cannot be true at the same time; empty where all fits together.</summary>
    public required IReadOnlyList<Inconsistency> Inconsistencies { get; init; }
}

/// <summary>The model that was priced, and how.</summary>
public sealed record PricedModel
{
    /// <summary>The id in the catalogue; absent for a model of one's own.</summary>
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

/// <summary>
/// Floating-point operations of one step: two for each multiply-add. Doubles: exact up to 2⁵³, within 1e-15 of the true count beyond.
/// </summary>
public sealed record StepFlops
{
    /// <summary>The forward pass: for a model its matrix products, for a graph every operator.</summary>
    public required double Forward { get; init; }

    /// <summary>The backward pass.</summary>
    public required double Backward { get; init; }

    /// <summary>What the model itself asks: forward and backward, nothing twice. MFU counts these.</summary>
    public required double Model { get; init; }

    /// <summary>What is computed again to save memory.</summary>
    public required double Recomputed { get; init; }

    /// <summary>What is really done: the model's and the recomputed. HFU counts these.</summary>
    public required double Hardware { get; init; }

    /// <summary>The optimizer, outside of the sums above.</summary>
    public required double Optimizer { get; init; }

    /// <summary>
    /// Norms, softmax and activations of forward and backward pass, outside of the sums above; absent for a graph, whose sums hold them.
    /// </summary>
    public double? Elementwise { get; init; }

    /// <summary>Exponentials, logarithms and the like, for which there is no agreed number of FLOPs, forward and backward.</summary>
    public double? Transcendentals { get; init; }

    /// <summary>Bytes that are read and written; absent for a model, whose <c>time</c> tells of them.</summary>
    public double? Bytes { get; init; }

    /// <summary>The forward pass by token; absent for a graph.</summary>
    public double? ForwardPerToken { get; init; }

    /// <summary>The parts: of a model its kinds of matrix products, of a graph its operators.</summary>
    public required IReadOnlyList<FlopsPart> Parts { get; init; }

    /// <summary>The model's FLOPs under each convention of counting attention; absent for a graph.</summary>
    public IReadOnlyList<AttentionFlops>? Attention { get; init; }

    /// <summary>Formulas of the literature for the same step; absent for a graph.</summary>
    public IReadOnlyList<NamedFlops>? Approximations { get; init; }
}

/// <summary>One part of the work.</summary>
public sealed record FlopsPart
{
    /// <summary>What it is: <c>attentionScores</c>, or an operator's name.</summary>
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

    /// <summary>Training FLOPs of attention's products by token.</summary>
    public required double AttentionPerToken { get; init; }

    /// <summary>Training FLOPs by token, all parts.</summary>
    public required double TrainingPerToken { get; init; }

    /// <summary>Training FLOPs of one step.</summary>
    public required double Training { get; init; }
}

/// <summary>FLOPs of one step by a formula of the literature.</summary>
public sealed record NamedFlops
{
    /// <summary>The formula's name.</summary>
    public required string Name { get; init; }

    /// <summary>FLOPs of one step by it.</summary>
    public required double Training { get; init; }

    /// <summary>By what it differs from the count part by part, relative.</summary>
    public required double RelativeDifference { get; init; }
}
