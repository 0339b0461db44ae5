using System.Text.Json.Serialization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Platform.Problems;

/// <summary>An answer of type <c>application/problem+json</c> (RFC 9457), in the order in which it is written.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong, for a person.</param>
internal sealed record Problem([property: JsonPropertyOrder(2)] int Status, [property: JsonPropertyOrder(3)] string Detail)
{
    /// <summary>The name of the status. The problem's type is <c>about:blank</c>, which may be left out.</summary>
    [JsonPropertyOrder(1)]
    public string Title => ReasonPhrases.GetReasonPhrase(Status) is { Length: > 0 } phrase ? phrase : $"Status {Status}";

    /// <summary>What is wrong by JSON path: <c>graph.nodes[1].inputs[0]</c>; the whole body is the empty path.</summary>
    [JsonPropertyOrder(4)]
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>The node that a graph error concerns.</summary>
    [JsonPropertyOrder(5)]
    public string? Node { get; init; }

    /// <summary>The limit that was exceeded.</summary>
    [JsonPropertyOrder(6)]
    public ExceededLimit? Limit { get; init; }

    /// <summary>Identifies the request in logs and traces; only for faults of the service.</summary>
    [JsonPropertyOrder(7)]
    public string? TraceId { get; init; }

    /// <summary>A header of the response, such as <c>Retry-After</c>.</summary>
    [JsonIgnore]
    public (string Name, string Value)? Header { get; init; }

    /// <summary>Whether the request was not one of the protocol whose route it reached: the answer does not have its form then.</summary>
    [JsonIgnore]
    public bool OutsideProtocol { get; init; }

    /// <summary>A problem with one error at one path.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="path">The JSON path, without <c>$.</c>.</param>
    /// <param name="message">What is wrong.</param>
    public static Problem At(int status, string path, string message) =>
        new(status, message) { Errors = new Dictionary<string, string[]> { [path] = [message] } };

    /// <summary>The problem of a request without a valid token.</summary>
    /// <param name="detail">Why.</param>
    public static Problem Unauthorized(string detail) =>
        new(StatusCodes.Status401Unauthorized, detail) { Header = (HeaderNames.WWWAuthenticate, "Bearer") };
}

/// <summary>A limit that a request exceeded.</summary>
/// <param name="Name">Its configuration key, such as <c>Limits:MaxNodes</c>.</param>
/// <param name="Value">Its value.</param>
internal sealed record ExceededLimit(string Name, double Value);
