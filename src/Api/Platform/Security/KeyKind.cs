using System.Security.Cryptography;
using System.Text;

namespace Backprop.Api.Platform.Security;

/// <summary>The keys that a deployment may configure.</summary>
internal enum KeyKind
{
    /// <summary><c>ApiKeys:Compute</c>: required by the compute routes if it is set.</summary>
    Compute,

    /// <summary><c>ApiKeys:Write</c>: required by routes that change or reveal stored data; without it they are closed.</summary>
    Write,
}

/// <summary>Metadata of a route that requires a key.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="OrWrite">Whether the write key is accepted instead.</param>
internal sealed record RequiredKey(KeyKind Kind, bool OrWrite = false);

/// <summary>The configured keys, from configuration section <c>ApiKeys</c>.</summary>
internal sealed class ApiKeys
{
    /// <summary>The configuration section.</summary>
    public const string Section = "ApiKeys";

    /// <summary>The key of the compute routes; if null or empty, they are open.</summary>
    public string? Compute { get; set; }

    /// <summary>The write key; if null or empty, these routes are closed.</summary>
    public string? Write { get; set; }

    /// <summary>The key of a kind, or null if none is configured.</summary>
    /// <param name="kind">The kind.</param>
    public string? Of(KeyKind kind) => (kind == KeyKind.Compute ? Compute : Write) is { Length: > 0 } key ? key : null;

    /// <summary>Whether a request carries the configured key of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="request">The request.</param>
    public bool Opens(KeyKind kind, HttpRequest request) => Of(kind) is { } key && Matches(request.Headers[ApiKeyMiddleware.Header].ToString(), key);

    // Digests have equal lengths, so the comparison time reveals nothing about the key, not even its length.
    private static bool Matches(string given, string key) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
