using System.Text.Json.Serialization;
using Backprop.Domain.Graphs;
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

    /// <summary>
    /// The node that a graph error concerns. A part of an expression without a name of its own has a generated one; <c>line</c>, <c>column</c>
    /// and <c>length</c> say which part it is.
    /// </summary>
    [JsonPropertyOrder(5)]
    public string? Node { get; init; }

    /// <summary>The line of the expression on which the faulty part begins, from 1; <c>detail</c> shows it with the part marked.</summary>
    [JsonPropertyOrder(6)]
    public int? Line { get; init; }

    /// <summary>The column at which the faulty part begins, from 1, in UTF-16 code units.</summary>
    [JsonPropertyOrder(7)]
    public int? Column { get; init; }

    /// <summary>The length of the faulty part in UTF-16 code units; 0 at the end of the expression.</summary>
    [JsonPropertyOrder(8)]
    public int? Length { get; init; }

    /// <summary>The limit that was exceeded.</summary>
    [JsonPropertyOrder(9)]
    public ExceededLimit? Limit { get; init; }

    /// <summary>Identifies the request in logs and traces; only for faults of the service.</summary>
    [JsonPropertyOrder(10)]
    public string? TraceId { get; init; }

    /// <summary>Lines that <c>detail</c> shows after its message: the place in the expression.</summary>
    [JsonIgnore]
    public string? Excerpt { get; init; }

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

    /// <summary>The problem of a graph.</summary>
    /// <param name="error">What is wrong, and where.</param>
    public static Problem Of(GraphException error) => new(StatusCodes.Status422UnprocessableEntity, error.Message)
    {
        Errors = error.OtherPaths.Prepend(error.Path).Distinct().ToDictionary(path => path, _ => new[] { error.Message }),
        Node = error.Node,
        Line = error.Place?.Line,
        Column = error.Place?.Column,
        Length = error.Place?.Length,
        Excerpt = error.Place?.Excerpt,
    };

    /// <summary>The problem of a request without a valid token.</summary>
    /// <param name="detail">Why.</param>
    public static Problem Unauthorized(string detail) =>
        new(StatusCodes.Status401Unauthorized, detail) { Header = (HeaderNames.WWWAuthenticate, "Bearer") };
}

/// <summary>A limit that a request exceeded.</summary>
/// <param name="Name">Its configuration key, such as <c>Limits:MaxNodes</c>.</param>
/// <param name="Value">Its value.</param>
internal sealed record ExceededLimit(string Name, double Value);
