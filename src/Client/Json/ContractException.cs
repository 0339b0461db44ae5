using System.Text.Json;

namespace Backprop.Client.Json;

/// <summary>An error in a JSON value, found by one of this library's converters; its message may be shown to a caller.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="member">The location below the value that the serializer was reading (<c>shape[1]</c>); empty for the value itself.</param>
public sealed class ContractException(string message, string member = "") : JsonException(message)
{
    /// <summary>The location below <see cref="JsonException.Path"/>; empty for that location itself.</summary>
    public string Member { get; } = member;

    /// <summary>The error of a value that was read apart, which this one reports; null for an error found by a converter itself.</summary>
    internal JsonException? Reported { get; init; }
}
