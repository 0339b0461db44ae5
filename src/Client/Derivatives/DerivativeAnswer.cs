namespace Backprop.Client.Derivatives;

/// <summary>Members that all derivative answers share.</summary>
public abstract record DerivativeAnswer
{
    /// <summary>The SHA-256 of the canonical graph, 64 hexadecimal digits, whether the graph is registered or not.</summary>
    public required string GraphId { get; init; }

    /// <summary>The first node that computed a NaN or an infinity, at most one entry per pass; absent if all values are finite.</summary>
    public IReadOnlyList<Warning>? Warnings { get; init; }

    /// <summary>How the values of an ONNX model differ from those of its file: `float16 is computed in float32`; absent if they do not.</summary>
    public IReadOnlyList<string>? Notes { get; init; }
}

/// <summary>A NaN or an infinity that arose.</summary>
public sealed record Warning
{
    /// <summary>The node or input where it first arose.</summary>
    public required string Node { get; init; }

    /// <summary>The pass in which it arose.</summary>
    public required DerivativePass Pass { get; init; }

    /// <summary>The cause, and the element: <c>log of 0 at [3]</c>.</summary>
    public required string Reason { get; init; }
}

/// <summary>The direction of a computation.</summary>
public enum DerivativePass
{
    /// <summary>Values, and tangents along with them.</summary>
    Forward,

    /// <summary>Gradients, from the output back to the inputs.</summary>
    Backward,
}
