using Backprop.Client.Values;

namespace Backprop.Client.Derivatives;

/// <summary>The request body of <c>POST /evaluations</c>: computes the value of every output.</summary>
public sealed record EvaluationRequest : DerivativeRequest;

/// <summary>The response of <c>POST /evaluations</c>.</summary>
public sealed record EvaluationAnswer : DerivativeAnswer
{
    /// <summary>The value of each output by name.</summary>
    public required IReadOnlyDictionary<string, TensorValue> Outputs { get; init; }
}
