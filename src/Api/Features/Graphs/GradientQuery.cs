using Backprop.Api.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace Backprop.Api.Features.Graphs;

/// <summary>The derivative of a registered graph that a query asks for.</summary>
internal sealed class GradientQuery
{
    /// <summary>The output to differentiate; optional if the graph has one.</summary>
    [FromQuery(Name = "output")]
    public string? Output { get; init; }

    /// <summary>
    /// The inputs to differentiate with respect to; may be repeated. Every float input by default; `*` means every float input and parameter.
    /// </summary>
    [FromQuery(Name = "wrt")]
    public string[]? Wrt { get; init; }

    /// <summary>A symbolic dimension and its extent, such as `batch:4`; may be repeated.</summary>
    [FromQuery(Name = "dimension")]
    public string[]? Dimension { get; init; }

    /// <summary>The names in <see cref="Wrt"/>, or null if there are none.</summary>
    public IReadOnlyList<string>? Sources => Wrt is { Length: > 0 } ? Wrt : null;

    /// <summary>The extents of symbolic dimensions.</summary>
    /// <exception cref="ProblemException">One of them does not bind a dimension (422).</exception>
    public static Dictionary<string, int> Extents(string[]? given)
    {
        var dimensions = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string text in given ?? [])
        {
            int colon = text.LastIndexOf(':');
            bool sound = colon > 0 && int.TryParse(text[(colon + 1)..], out int size) && size >= 0 && dimensions.TryAdd(text[..colon], size);
            if (!sound)
            {
                throw new ProblemException(422, "dimension", $"dimension must be name:extent, such as batch:4, each name once; got '{text}'.");
            }
        }

        return dimensions;
    }
}
