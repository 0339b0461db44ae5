using Backprop.Client.Values;

namespace Backprop.Client.Derivatives;

/// <summary>
/// The request body of <c>POST /jacobians</c>: the derivative of every element of the outputs with respect to every element of the inputs.
/// </summary>
public sealed record JacobianRequest : DerivativeRequest
{
    /// <summary>What to differentiate with respect to: float inputs, float constants, or <c>["*"]</c>. Default: every float input.</summary>
    public IReadOnlyList<string>? Wrt { get; init; }

    /// <summary>The outputs to differentiate. Default: all.</summary>
    public IReadOnlyList<string>? Outputs { get; init; }

    /// <summary>
    /// By columns (<c>forward</c>), by rows (<c>reverse</c>), or the cheaper of the two. Default: <c>auto</c>; a tie goes to <c>reverse</c>.
    /// </summary>
    public DifferentiationMode? Mode { get; init; }
}

/// <summary>The response of <c>POST /jacobians</c>.</summary>
public sealed record JacobianAnswer : DerivativeAnswer
{
    /// <summary>The value of each output by name.</summary>
    public required IReadOnlyDictionary<string, TensorValue> Outputs { get; init; }

    /// <summary>Output name → input name → block; its shape is that of the output followed by that of the input.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, TensorValue>> Jacobians { get; init; }

    /// <summary>The mode used: <c>forward</c> or <c>reverse</c>.</summary>
    public required DifferentiationMode Mode { get; init; }

    /// <summary>The number of computed columns (forward) or rows (reverse).</summary>
    public required long Passes { get; init; }
}

/// <summary>The side from which a Jacobian is built.</summary>
public enum DifferentiationMode
{
    /// <summary>The cheaper side.</summary>
    Auto,

    /// <summary>Column by column: one tangent per element of the inputs.</summary>
    Forward,

    /// <summary>Row by row: one cotangent per element of the outputs.</summary>
    Reverse,
}

/// <summary>The request body of <c>POST /hessians</c>: the second derivatives of one output.</summary>
public sealed record HessianRequest : DerivativeRequest
{
    /// <summary>What to differentiate with respect to: float inputs, float constants, or <c>["*"]</c>. Default: every float input.</summary>
    public IReadOnlyList<string>? Wrt { get; init; }

    /// <summary>The output, which has one element. Default: the only one.</summary>
    public string? Output { get; init; }
}

/// <summary>The response of <c>POST /hessians</c>.</summary>
public sealed record HessianAnswer : DerivativeAnswer
{
    /// <summary>Input name → input name → block; its shape is that of the first input followed by that of the second.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, TensorValue>> Hessians { get; init; }
}
