using Backprop.Infrastructure.Formats.Diagrams;

namespace Backprop.Infrastructure.Formats.Plots;

/// <summary>The colours of plots, light and dark.</summary>
internal static class PlotTheme
{
    /// <summary>The style sheet of a plot.</summary>
    public const string Style = """
        .bp text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, "DejaVu Sans", sans-serif; fill: #0f172a }
        .bp .bp-background { fill: #ffffff; stroke: #e2e8f0 }
        .bp .bp-muted { fill: #64748b }
        .bp .bp-grid { stroke: #94a3b8; stroke-opacity: .25; fill: none }
        .bp .bp-axis { stroke: #64748b; fill: none }
        .bp .bp-front { stroke: #8b5cf6; stroke-width: 2; fill: none }
        .bp .bp-point { fill: #8b5cf6 }
        .bp .bp-mark { fill: #10b981; stroke: #ffffff; stroke-width: 1.5 }
        .bp .bp-above { fill: #ffffff; stroke: #ea580c; stroke-width: 2 }
        .bp .bp-leader { stroke: #64748b; stroke-opacity: .7; fill: none }
        @media (prefers-color-scheme: dark) {
          .bp text { fill: #e2e8f0 }
          .bp .bp-background { fill: #0f172a; stroke: #1e293b }
          .bp .bp-muted { fill: #94a3b8 }
          .bp .bp-axis { stroke: #94a3b8 }
          .bp .bp-front { stroke: #a78bfa }
          .bp .bp-point { fill: #a78bfa }
          .bp .bp-mark { fill: #34d399; stroke: #0f172a }
          .bp .bp-above { fill: #0f172a; stroke: #fb923c }
        }
        """;

    public static readonly Font Title = new(16, Bold: true);
    public static readonly Font Axis = new(12.5);
    public static readonly Font Tick = new(11);
    public static readonly Font Label = new(12);
}
