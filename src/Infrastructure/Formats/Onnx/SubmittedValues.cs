using Backprop.Domain.Graphs;

namespace Backprop.Infrastructure.Formats.Onnx;

/// <summary>The values that were submitted along with a model: by them what decides its control flow may be known.</summary>
/// <param name="Names">The inputs that have one.</param>
/// <param name="Values">The values; read only where something depends on them.</param>
/// <param name="Batch">The inputs whose values have an axis of points.</param>
public sealed record SubmittedValues(IReadOnlyCollection<string> Names, Func<IReadOnlyDictionary<string, Literal>> Values,
    IReadOnlyList<string> Batch)
{
    /// <summary>None.</summary>
    public static SubmittedValues None { get; } = new([], () => new Dictionary<string, Literal>(), []);
}
