namespace Backprop.Domain.Operators;

/// <summary>An operation that executors know: one kernel, one value.</summary>
/// <param name="Name">Its name, which is that of the ONNX operator of the same meaning where there is one.</param>
public sealed record Primitive(string Name);
