using System.Text.Json;
using System.Text.Json.Serialization;

namespace Backprop.Client.Errors;

/// <summary>What went wrong (RFC 9457, <c>application/problem+json</c>).</summary>
public sealed record ProblemContract
{
    /// <summary>A URI that identifies the kind of problem.</summary>
    public string? Type { get; init; }

    /// <summary>The kind of problem in a few words.</summary>
    public string? Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public int? Status { get; init; }

    /// <summary>What is wrong with this request.</summary>
    public string? Detail { get; init; }

    /// <summary>The request that failed.</summary>
    public string? Instance { get; init; }

    /// <summary>JSON path (<c>graph.nodes[1].inputs[0]</c>; "" for the whole body) → what is wrong there.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>The node that an error of a graph concerns.</summary>
    public string? Node { get; init; }

    /// <summary>The line of the expression on which the faulty part begins, from 1; <see cref="Detail"/> shows it with the part marked.</summary>
    public int? Line { get; init; }

    /// <summary>The column at which the faulty part begins, from 1, in UTF-16 code units.</summary>
    public int? Column { get; init; }

    /// <summary>The length of the faulty part in UTF-16 code units; 0 at the end of the expression.</summary>
    public int? Length { get; init; }

    /// <summary>Further members.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extensions { get; set; }
}
