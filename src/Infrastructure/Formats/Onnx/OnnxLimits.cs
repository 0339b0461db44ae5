namespace Backprop.Infrastructure.Formats.Onnx;

/// <summary>What a model may hold; checked while it is read, before anything is allocated for it.</summary>
/// <param name="MaxNodes">Nodes, those of functions included, also once functions are expanded: <c>Limits:MaxNodes</c>.</param>
/// <param name="MaxElements">Elements of all its tensors together: <c>Limits:MaxElements</c>.</param>
public sealed record OnnxLimits(long MaxNodes = 1_000_000, long MaxElements = 1L << 28);
