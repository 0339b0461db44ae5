using System.Text.Json.Serialization;

namespace Backprop.Client.Costs;

/// <summary>A figure of each layer: one number for all of them, or a list with one per layer.</summary>
/// <param name="Values">The numbers.</param>
/// <param name="IsList">False if one number applies to every layer.</param>
[JsonConverter(typeof(PerLayerConverter))]
public sealed record PerLayer(IReadOnlyList<double> Values, bool IsList)
{
    /// <summary>The same for every layer.</summary>
    public static implicit operator PerLayer(double value) => new([value], IsList: false);

    /// <summary>One per layer.</summary>
    public static implicit operator PerLayer(double[] values) => new(values, IsList: true);
}
