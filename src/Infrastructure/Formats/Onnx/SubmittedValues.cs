using Backprop.Domain.Graphs;

namespace Backprop.Infrastructure.Formats.Onnx;

/// <summary>The values submitted with a model, which may determine its control flow.</summary>
/// <param name="Names">The inputs that have one.</param>
/// <param name="Values">The values; read only if something depends on them.</param>
/// <param name="Batch">The inputs whose values have an axis of points.</param>
public sealed record SubmittedValues(IReadOnlyCollection<string> Names, Func<IReadOnlyDictionary<string, Literal>> Values,
    IReadOnlyList<string> Batch)
{
    /// <summary>None.</summary>
    public static SubmittedValues None { get; } = new([], () => new Dictionary<string, Literal>(), []);
}
