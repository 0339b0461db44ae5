namespace Backprop.Client.Derivatives;

/// <summary>What every derivative answer has.</summary>
public abstract record DerivativeAnswer
{
    /// <summary>The SHA-256 of the canonical graph, 64 hexadecimal digits, whether the graph is registered or not.</summary>
    public required string GraphId { get; init; }

    /// <summary>The first node that made a NaN or an infinity, at most one entry a pass; absent where all is finite.</summary>
    public IReadOnlyList<Warning>? Warnings { get; init; }

    /// <summary>How the values of an ONNX model differ from those of its file: `float16 is computed in float32`; absent where they do not.</summary>
    public IReadOnlyList<string>? Notes { get; init; }
}

/// <summary>A NaN or an infinity that came up.</summary>
public sealed record Warning
{
    /// <summary>The node or input that made it first.</summary>
    public required string Node { get; init; }

    /// <summary>The pass in which it came up.</summary>
    public required DerivativePass Pass { get; init; }

    /// <summary>Why, and at which element: <c>log of 0 at [3]</c>.</summary>
    public required string Reason { get; init; }
}

/// <summary>The direction in which something is computed.</summary>
public enum DerivativePass
{
    /// <summary>Values, and tangents along with them.</summary>
    Forward,

    /// <summary>Gradients, from the output back to the inputs.</summary>
    Backward,
}
