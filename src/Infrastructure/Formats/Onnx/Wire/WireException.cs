namespace Backprop.Infrastructure.Formats.Onnx.Wire;

/// <summary>
/// Bytes that are no protocol buffer, or not the one that was expected. Whoever knows what was read turns it into a message for the sender.
/// </summary>
/// <param name="message">What is wrong.</param>
internal sealed class WireException(string message) : Exception(message);
