using Backprop.Infrastructure.Formats.Diagrams;
using Backprop.Infrastructure.Formats.Diagrams.Rendering;

namespace Backprop.Infrastructure.Formats.Plots;

/// <summary>What plots add to the theme of diagrams.</summary>
internal static class PlotTheme
{
    /// <summary>The style sheet of a plot: that of diagrams, for text and background, and the rules of its own marks.</summary>
    public const string Style = Theme.Style + "\n" + """
        .bp .bp-grid { stroke: #94a3b8; stroke-opacity: .25; fill: none }
        .bp .bp-axis { stroke: #64748b; fill: none }
        .bp .bp-front { stroke: #8b5cf6; stroke-width: 2; fill: none }
        .bp .bp-point { fill: #8b5cf6 }
        .bp .bp-mark { fill: #10b981; stroke: #ffffff; stroke-width: 1.5 }
        .bp .bp-above { fill: #ffffff; stroke: #ea580c; stroke-width: 2 }
        .bp .bp-leader { stroke: #64748b; stroke-opacity: .7; fill: none }
        @media (prefers-color-scheme: dark) {
          .bp .bp-axis { stroke: #94a3b8 }
          .bp .bp-front { stroke: #a78bfa }
          .bp .bp-point { fill: #a78bfa }
          .bp .bp-mark { fill: #34d399; stroke: #0f172a }
          .bp .bp-above { fill: #0f172a; stroke: #fb923c }
        }
        """;

    public static readonly Font Title = new(16, Bold: true);
    public static readonly Font Axis = new(12.5);
    public static readonly Font Tick = Theme.Small;
    public static readonly Font Label = new(12);
}
