using System.Text;

namespace Backprop.Infrastructure.Formats.Diagrams;

/// <summary>
/// Writes a computation graph in the DOT language of Graphviz, from left to right or from top to bottom.
/// Nodes are called <c>n0</c>, <c>n1</c>, …; texts are in
/// double-quoted strings.
/// </summary>
public static class DotDiagram
{
    private const int LongestText = 120;

    /// <summary>Writes a graph.</summary>
    /// <param name="diagram">The diagram.</param>
    /// <param name="outputName">The name of the differentiated value; null if it has none.</param>
    /// <param name="maxNodes">The maximum number of nodes; edges may be four times as many.</param>
    /// <param name="layout">The direction in which values run.</param>
    /// <returns>The text of a DOT graph.</returns>
    /// <exception cref="DiagramTooLargeException">The graph exceeds these limits.</exception>
    /// <exception cref="ArgumentException">An id occurs twice, an edge names an unknown node, or there is a cycle.</exception>
    public static string Render(Diagram diagram, string? outputName, int maxNodes = SvgDiagram.DefaultMaxNodes,
        DiagramArrangement layout = DiagramArrangement.LeftToRight)
    {
        var wiring = Wiring.Of(diagram, maxNodes);
        var text = new StringBuilder($$"""
            digraph computation {
                rankdir={{(layout == DiagramArrangement.LeftToRight ? "LR" : "TB")}};
                node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=12];
                edge [fontname="Helvetica", fontsize=10, color="#64748b", fontcolor="#c2410c"];

            """);
        for (var node = 0; node < diagram.Nodes.Count; node++)
        {
            var (fill, line) = ColoursOf(diagram.Nodes[node].Kind);
            var lines = NodeText.Lines(wiring, node, outputName).Select(Escape);
            text.Append($"    n{node} [label=\"{string.Join("\\n", lines)}\", fillcolor=\"{fill}\", color=\"{line}\"];\n");
        }

        for (var edge = 0; edge < diagram.Edges.Count; edge++)
        {
            var (label, back) = (diagram.Edges[edge].Rule ?? diagram.Edges[edge].Local, diagram.Edges[edge].Contribution);
            var lines = new[] { label, back is null ? null : $"← {back}" };
            var shown = string.Join("\\n", lines.OfType<string>().Select(Escape));
            text.Append($"    n{wiring.From[edge]} -> n{wiring.To[edge]}{(shown.Length > 0 ? $" [label=\"{shown}\"]" : "")};\n");
        }

        return text.Append("}\n").ToString();
    }

    private static (string Fill, string Line) ColoursOf(DiagramNodeKind kind) => kind switch
    {
        DiagramNodeKind.Input => ("#eff6ff", "#3b82f6"),
        DiagramNodeKind.Constant => ("#f8fafc", "#94a3b8"),
        DiagramNodeKind.Operation => ("#f5f3ff", "#8b5cf6"),
        _ => ("#ecfdf5", "#10b981"),
    };

    /// <summary>
    /// Labels interpret <c>\N</c> and similar escapes, and HTML entities: backslashes are doubled, quotes escaped, ampersands written as entities.
    /// </summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        var count = 0;
        foreach (var rune in DisplayText.OneLine(text).EnumerateRunes())
        {
            if (count++ == LongestText)
            {
                return escaped.Append('…').ToString();
            }

            escaped.Append(rune.Value switch
            {
                '\\' => "\\\\",
                '"' => "\\\"",
                '&' => "&amp;",
                _ => rune.ToString(),
            });
        }

        return escaped.ToString();
    }
}
