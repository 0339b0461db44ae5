namespace Backprop.Compare.Comparisons;

/// <summary>Something that a case needs is not installed: the case is skipped.</summary>
internal sealed class MissingException(string message) : Exception(message);
