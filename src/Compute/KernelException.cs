namespace Backprop.Compute;

/// <summary>A kernel cannot compute its node for these values: an index out of range, an integer division by zero.</summary>
/// <param name="message">What is wrong, for a person.</param>
public sealed class KernelException(string message) : Exception(message);
