namespace Backprop.Compute;

/// <summary>A kernel cannot compute its node for these values: an index out of range, an integer division by zero.</summary>
/// <param name="message">What is wrong, in words for the user.</param>
public sealed class KernelException(string message) : Exception(message);
