namespace Backprop.Infrastructure.Formats.Onnx;

/// <summary>The limits of a model; checked while it is read, before anything is allocated for it.</summary>
/// <param name="MaxNodes">Nodes, including those of functions, also after expansion: <c>Limits:MaxNodes</c>.</param>
/// <param name="MaxElements">Elements of all its tensors together: <c>Limits:MaxElements</c>.</param>
public sealed record OnnxLimits(long MaxNodes = 1_000_000, long MaxElements = 1L << 28);
