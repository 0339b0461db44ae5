using Backprop.Domain.Graphs;

namespace Backprop.Infrastructure.Formats.Onnx.Import;

/// <summary>Collects the unsupported constructs of a model, so that its sender sees them all at once.</summary>
internal sealed class Unsupported
{
    private const int MostListed = 20;
    private const int MostNoted = 1000;
    private const int LongestNoted = 200;
    private readonly List<string> found = [];
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private string? node;

    /// <summary>True if something was recorded.</summary>
    public bool IsAny => found.Count > 0;

    /// <summary>Records a construct.</summary>
    /// <param name="what">What: <c>operator Loop</c>, <c>element type float16</c>.</param>
    /// <param name="where">Where: <c>node 'l1'</c>, <c>input 'x'</c>.</param>
    /// <param name="at">The name of the node, if it is one.</param>
    public void Add(string what, string where, string? at = null)
    {
        node ??= at;
        string noted = $"{Cut(what)} ({Cut(where)})";
        if (found.Count < MostNoted && seen.Add(noted))
        {
            found.Add(noted);
        }
    }

    private static string Cut(string text) => text.Length <= LongestNoted ? text : text[..LongestNoted] + "…";

    /// <summary>Rejects the model if something was recorded.</summary>
    /// <exception cref="GraphException">Something was recorded.</exception>
    public void ThrowIfAny()
    {
        if (found.Count > 0)
        {
            string more = found.Count > MostListed ? $", and {found.Count - MostListed} more" : string.Empty;
            throw new GraphException("onnx", $"the model uses unsupported constructs: {string.Join(", ", found.Take(MostListed))}{more}", node);
        }
    }
}
