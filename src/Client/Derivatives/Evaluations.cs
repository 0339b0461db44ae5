using Backprop.Client.Values;

namespace Backprop.Client.Derivatives;

/// <summary>What <c>POST /evaluations</c> takes: the value of every output is asked for.</summary>
public sealed record EvaluationRequest : DerivativeRequest;

/// <summary>What <c>POST /evaluations</c> answers.</summary>
public sealed record EvaluationAnswer : DerivativeAnswer
{
    /// <summary>The value of each output by name.</summary>
    public required IReadOnlyDictionary<string, TensorValue> Outputs { get; init; }
}
