namespace Backprop.Infrastructure.Formats.Onnx.Wire;

/// <summary>
/// Bytes that are not a protocol buffer, or not the expected one. The caller, which knows what was read, turns it into a message for the sender.
/// </summary>
/// <param name="message">What is wrong.</param>
internal sealed class WireException(string message) : Exception(message);
