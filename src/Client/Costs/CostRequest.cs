using Backprop.Client.Derivatives;

namespace Backprop.Client.Costs;

/// <summary>
/// Members that requests about costs share: the model, or a graph in one of the ways of a <see cref="DerivativeRequest"/>, the device, and measured
/// times.
/// </summary>
public abstract record CostRequest : DerivativeRequest
{
    /// <summary>The model: the id of a catalogued one (<c>GET /models</c>), a configuration, or <c>{"parameters":7e9}</c>.</summary>
    public ModelChoice? Model { get; init; }

    /// <summary>The device: the id of a catalogued one (<c>GET /hardware</c>), or a description.</summary>
    public HardwareChoice? Hardware { get; init; }

    /// <summary>The precision of matrix products.</summary>
    public Precision? Precision { get; init; }

    /// <summary>The measured time of one forward pass, milliseconds, above 0.</summary>
    public double? ForwardMs { get; init; }

    /// <summary>The measured time of one backward pass, milliseconds, above 0.</summary>
    public double? BackwardMs { get; init; }
}
