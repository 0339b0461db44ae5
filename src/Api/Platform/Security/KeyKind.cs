using System.Security.Cryptography;
using System.Text;

namespace Backprop.Api.Platform.Security;

/// <summary>The keys that a deployment may configure.</summary>
public enum KeyKind
{
    /// <summary><c>ApiKeys:Compute</c>: asked for by the compute routes when it is set.</summary>
    Compute,

    /// <summary><c>ApiKeys:Write</c>: asked for by routes that change or reveal what is stored; without it they are closed.</summary>
    Write,
}

/// <summary>Metadata of a route that asks for a key.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="OrWrite">Whether the key for writes is taken in its place.</param>
public sealed record RequiredKey(KeyKind Kind, bool OrWrite = false);

/// <summary>The configured keys, from configuration section <c>ApiKeys</c>.</summary>
public sealed class ApiKeys
{
    /// <summary>The configuration section.</summary>
    public const string Section = "ApiKeys";

    /// <summary>The key of the compute routes; null or empty leaves them open.</summary>
    public string? Compute { get; set; }

    /// <summary>The key of the writes; null or empty closes them.</summary>
    public string? Write { get; set; }

    /// <summary>The key of a kind, or null where none is configured.</summary>
    /// <param name="kind">The kind.</param>
    public string? Of(KeyKind kind) => (kind == KeyKind.Compute ? Compute : Write) is { Length: > 0 } key ? key : null;

    /// <summary>Whether a request carries the key of a kind, which is configured.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="request">The request.</param>
    public bool Opens(KeyKind kind, HttpRequest request) => Of(kind) is { } key && Matches(request.Headers[ApiKeyMiddleware.Header].ToString(), key);

    // Digests have one length, so the comparison's time tells nothing about the key, its length included.
    private static bool Matches(string given, string key) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
