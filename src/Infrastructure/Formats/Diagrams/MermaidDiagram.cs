using System.Text;

namespace Backprop.Infrastructure.Formats.Diagrams;

/// <summary>
/// Writes a computation graph as a Mermaid flowchart. Names never reach the syntax: nodes are called <c>n0</c>, <c>n1</c>, …, and
/// every text is quoted, with everything except letters and digits written as entity codes.
/// </summary>
public static class MermaidDiagram
{
    private const int LongestText = 120;

    /// <summary>Writes a graph.</summary>
    /// <param name="diagram">The diagram.</param>
    /// <param name="outputName">The name of the differentiated value; null if it has none.</param>
    /// <param name="maxNodes">The maximum number of nodes; edges may be four times as many.</param>
    /// <param name="layout">The direction in which values run.</param>
    /// <returns>The text of a Mermaid diagram.</returns>
    /// <exception cref="DiagramTooLargeException">The graph exceeds these limits.</exception>
    /// <exception cref="ArgumentException">An id occurs twice, an edge names an unknown node, or there is a cycle.</exception>
    public static string Render(Diagram diagram, string? outputName, int maxNodes = SvgDiagram.DefaultMaxNodes,
        DiagramArrangement layout = DiagramArrangement.LeftToRight)
    {
        var wiring = Wiring.Of(diagram, maxNodes);
        var text = new StringBuilder(layout == DiagramArrangement.LeftToRight ? "flowchart LR\n" : "flowchart TB\n");
        for (var node = 0; node < diagram.Nodes.Count; node++)
        {
            var (open, close) = diagram.Nodes[node].Kind == DiagramNodeKind.Operation ? ("(", ")") : ("([", "])");
            var lines = NodeText.Lines(wiring, node, outputName).Select(Escape);
            text.Append($"    n{node}{open}\"{string.Join("<br/>", lines)}\"{close}:::{ClassOf(diagram.Nodes[node].Kind)}\n");
        }

        for (var edge = 0; edge < diagram.Edges.Count; edge++)
        {
            var label = diagram.Edges[edge].Contribution is { } back ? $"|\"{Escape($"← {back}")}\"|" : "";
            text.Append($"    n{wiring.From[edge]} -->{label} n{wiring.To[edge]}\n");
        }

        return text.Append("""
                classDef givenValue fill:#eff6ff,stroke:#3b82f6,color:#0f172a
                classDef constantValue fill:#f8fafc,stroke:#94a3b8,color:#0f172a,stroke-dasharray:4 3
                classDef operation fill:#f5f3ff,stroke:#8b5cf6,color:#0f172a
                classDef result fill:#ecfdf5,stroke:#10b981,color:#0f172a,stroke-width:2px

            """).ToString();
    }

    private static string ClassOf(DiagramNodeKind kind) => kind switch
    {
        DiagramNodeKind.Input => "givenValue",
        DiagramNodeKind.Constant => "constantValue",
        DiagramNodeKind.Operation => "operation",
        _ => "result",
    };

    /// <summary>Mermaid decodes <c>#35;</c> after parsing, so no character with a meaning in its grammar, Markdown or HTML is left.</summary>
    private static string Escape(string text)
    {
        var line = DisplayText.OneLine(text);
        var escaped = new StringBuilder();
        var count = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (count++ == LongestText)
            {
                return escaped.Append('…').ToString();
            }

            if (rune.Value > 0x7F || Rune.IsLetterOrDigit(rune) || rune.Value is ' ' or ',' or '=')
            {
                escaped.Append(rune);
            }
            else
            {
                escaped.Append($"#{rune.Value};");
            }
        }

        return escaped.ToString();
    }
}
