namespace Backprop.Domain.Graphs;

/// <summary>A request exceeds a configured limit of the service.</summary>
/// <param name="limit">The configuration key: <c>Limits:MaxElements</c>.</param>
/// <param name="value">The allowed value.</param>
/// <param name="asked">The requested amount, with its unit: <c>4000000 elements</c>.</param>
/// <param name="path">Where, as a JSON path; empty for the request as a whole.</param>
public sealed class LimitException(string limit, double value, string asked, string path = "")
    : Exception($"{limit} is {value:0.##}, asked were {asked}")
{
    /// <summary>The configuration key.</summary>
    public string Limit { get; } = limit;

    /// <summary>The allowed value.</summary>
    public double Value { get; } = value;

    /// <summary>Where, as a JSON path.</summary>
    public string Path { get; } = path;
}
