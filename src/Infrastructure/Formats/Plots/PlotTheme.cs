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
        .bp .bp-place { stroke: #64748b; stroke-dasharray: 2 3; fill: none }
        .bp .bp-line { fill: none; stroke-width: 2; stroke-linejoin: round }
        .bp .bp-dot { stroke-width: 1; fill-opacity: .9 }
        .bp .bp-end { fill: none; stroke-width: 2.5 }
        .bp .bp-line-0 { stroke: #7c3aed } .bp .bp-dot.bp-line-0 { fill: #7c3aed }
        .bp .bp-line-1 { stroke: #ea580c; stroke-dasharray: 7 3 } .bp .bp-dot.bp-line-1 { fill: #ea580c }
        .bp .bp-line-2 { stroke: #059669; stroke-dasharray: 2 3 } .bp .bp-dot.bp-line-2 { fill: #059669 }
        .bp .bp-line-3 { stroke: #2563eb; stroke-dasharray: 10 3 2 3 } .bp .bp-dot.bp-line-3 { fill: #2563eb }
        .bp .bp-line-4 { stroke: #be185d; stroke-dasharray: 4 4 } .bp .bp-dot.bp-line-4 { fill: #be185d }
        .bp .bp-line-5 { stroke: #64748b } .bp .bp-dot.bp-line-5 { fill: #64748b }
        .bp .bp-dot, .bp .bp-end { stroke-dasharray: none }
        @media (prefers-color-scheme: dark) {
          .bp .bp-axis { stroke: #94a3b8 }
          .bp .bp-front { stroke: #a78bfa }
          .bp .bp-point { fill: #a78bfa }
          .bp .bp-mark { fill: #34d399; stroke: #0f172a }
          .bp .bp-above { fill: #0f172a; stroke: #fb923c }
          .bp .bp-place { stroke: #94a3b8 }
          .bp .bp-line-0 { stroke: #a78bfa } .bp .bp-dot.bp-line-0 { fill: #a78bfa }
          .bp .bp-line-1 { stroke: #fb923c } .bp .bp-dot.bp-line-1 { fill: #fb923c }
          .bp .bp-line-2 { stroke: #34d399 } .bp .bp-dot.bp-line-2 { fill: #34d399 }
          .bp .bp-line-3 { stroke: #60a5fa } .bp .bp-dot.bp-line-3 { fill: #60a5fa }
          .bp .bp-line-4 { stroke: #f472b6 } .bp .bp-dot.bp-line-4 { fill: #f472b6 }
          .bp .bp-line-5 { stroke: #94a3b8 } .bp .bp-dot.bp-line-5 { fill: #94a3b8 }
        }
        """;

    public static readonly Font Title = new(16, Bold: true);
    public static readonly Font Axis = new(12.5);
    public static readonly Font Tick = Theme.Small;
    public static readonly Font Label = new(12);

    /// <summary>The number of styles of lines; further lines use them again.</summary>
    public const int Lines = 6;
}
