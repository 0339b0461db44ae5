using System.Text.Json.Serialization;
using Backprop.Client.Json;
using Backprop.Client.Values;

namespace Backprop.Client.Derivatives;

/// <summary>The request body of <c>POST /gradients</c>: the gradient of one output.</summary>
public sealed record GradientRequest : DerivativeRequest
{
    /// <summary>
    /// What to differentiate with respect to: float inputs, float constants, or <c>["*"]</c> for all of these. Default: every float input.
    /// </summary>
    public IReadOnlyList<string>? Wrt { get; init; }

    /// <summary>The output to differentiate. Default: the only one.</summary>
    public string? Output { get; init; }

    /// <summary>The cotangent of the output, in its shape; required if the output has more than one element. Default: 1.</summary>
    public TensorValue? Seed { get; init; }

    /// <summary>True for the walk-through in <c>steps</c>. Default: false.</summary>
    public bool? Trace { get; init; }

    /// <summary>
    /// The maximum 2-norm of all gradients together; larger ones are scaled down as <c>torch.nn.utils.clip_grad_norm_</c> does. Default: no clipping.
    /// </summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? ClipNorm { get; init; }

    /// <summary>Which values are recomputed instead of kept. Default: none.</summary>
    public CheckpointingContract? Checkpointing { get; init; }
}

/// <summary>The response of <c>POST /gradients</c>.</summary>
public sealed record GradientAnswer : DerivativeAnswer
{
    /// <summary>The name of the output that was differentiated.</summary>
    public required string Output { get; init; }

    /// <summary>Its value.</summary>
    public required TensorValue Value { get; init; }

    /// <summary>The gradient by input name, in the shape of the input.</summary>
    public required IReadOnlyDictionary<string, TensorValue> Gradients { get; init; }

    /// <summary>The 2-norm of all gradients together before clipping: a number, or one per point of a batch.</summary>
    public required TensorValue GradientNorm { get; init; }

    /// <summary>The walk-through, if <c>trace</c> was true.</summary>
    public Steps? Steps { get; init; }

    /// <summary>What checkpointing saved and cost, if it was requested.</summary>
    public CheckpointingReport? Checkpointing { get; init; }
}
