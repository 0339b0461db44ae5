using System.Text.Json;

namespace Backprop.Client.Json;

/// <summary>What is wrong with a JSON value, found by one of the converters of this library; its message may be shown to a caller.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="member">Where, below the value that the serializer was reading (<c>shape[1]</c>); empty for the value itself.</param>
public sealed class ContractException(string message, string member = "") : JsonException(message)
{
    /// <summary>Where, below <see cref="JsonException.Path"/>; empty for the place itself.</summary>
    public string Member { get; } = member;
}
