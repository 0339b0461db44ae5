using Backprop.Client.Values;

namespace Backprop.Client.Derivatives;

/// <summary>The request body of <c>POST /jacobian-vector-products</c>: the directional derivative of every output (forward mode).</summary>
public sealed record JacobianVectorProductRequest : DerivativeRequest
{
    /// <summary>The direction: input name → tangent in the shape of the input. A missing one is zero.</summary>
    public required IReadOnlyDictionary<string, TensorValue> Tangents { get; init; }
}

/// <summary>The response of <c>POST /jacobian-vector-products</c>.</summary>
public sealed record JacobianVectorProductAnswer : DerivativeAnswer
{
    /// <summary>The value of each output by name.</summary>
    public required IReadOnlyDictionary<string, TensorValue> Outputs { get; init; }

    /// <summary>The tangent of each output by name, in its shape.</summary>
    public required IReadOnlyDictionary<string, TensorValue> Tangents { get; init; }
}

/// <summary>The request body of <c>POST /vector-jacobian-products</c>: cotangents of several outputs pulled back at once (reverse mode).</summary>
public sealed record VectorJacobianProductRequest : DerivativeRequest
{
    /// <summary>What to differentiate with respect to: float inputs, float constants, or <c>["*"]</c>. Default: every float input.</summary>
    public IReadOnlyList<string>? Wrt { get; init; }

    /// <summary>Output name → cotangent in the shape of the output. A missing one is zero.</summary>
    public required IReadOnlyDictionary<string, TensorValue> Cotangents { get; init; }
}

/// <summary>The response of <c>POST /vector-jacobian-products</c>.</summary>
public sealed record VectorJacobianProductAnswer : DerivativeAnswer
{
    /// <summary>The value of each output by name.</summary>
    public required IReadOnlyDictionary<string, TensorValue> Outputs { get; init; }

    /// <summary>The product by input name, in the shape of the input.</summary>
    public required IReadOnlyDictionary<string, TensorValue> Products { get; init; }
}

/// <summary>The request body of <c>POST /hessian-vector-products</c>: the derivative of the gradient along a direction.</summary>
public sealed record HessianVectorProductRequest : DerivativeRequest
{
    /// <summary>What to differentiate with respect to: float inputs, float constants, or <c>["*"]</c>. Default: every float input.</summary>
    public IReadOnlyList<string>? Wrt { get; init; }

    /// <summary>The output, which has one element. Default: the only one.</summary>
    public string? Output { get; init; }

    /// <summary>The direction: input name → tangent in the shape of the input. A missing one is zero.</summary>
    public required IReadOnlyDictionary<string, TensorValue> Tangents { get; init; }
}

/// <summary>The response of <c>POST /hessian-vector-products</c>.</summary>
public sealed record HessianVectorProductAnswer : DerivativeAnswer
{
    /// <summary>The value of the output.</summary>
    public required TensorValue Value { get; init; }

    /// <summary>The gradient by input name, in the shape of the input.</summary>
    public required IReadOnlyDictionary<string, TensorValue> Gradients { get; init; }

    /// <summary>The Hessian times the direction, by input name, in the shape of the input.</summary>
    public required IReadOnlyDictionary<string, TensorValue> Products { get; init; }
}
