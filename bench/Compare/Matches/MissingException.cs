namespace Backprop.Compare.Matches;

/// <summary>Something that a case needs is not installed: the case is left out.</summary>
internal sealed class MissingException(string message) : Exception(message);
