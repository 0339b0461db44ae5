namespace Backprop.Infrastructure.Formats.Diagrams.Rendering;

/// <summary>
/// The colours, light and dark. All classes start with <c>bp-</c>, since the style of an inlined picture applies to the whole page.
/// </summary>
internal static class Theme
{
    /// <summary>The style sheet of a picture.</summary>
    public const string Style = """
        .bp text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, "DejaVu Sans", sans-serif; fill: #0f172a }
        .bp .bp-background { fill: #ffffff; stroke: #e2e8f0 }
        .bp .bp-box { stroke-width: 1.5 }
        .bp .bp-input { fill: #eff6ff; stroke: #3b82f6 }
        .bp .bp-constant { fill: #f8fafc; stroke: #94a3b8; stroke-dasharray: 4 3 }
        .bp .bp-operation { fill: #f5f3ff; stroke: #8b5cf6 }
        .bp .bp-output { fill: #ecfdf5; stroke: #10b981; stroke-width: 2.5 }
        .bp .bp-badge { fill: #8b5cf6 }
        .bp .bp-output + .bp-badge { fill: #059669 }
        .bp .bp-operator { fill: #ffffff }
        .bp .bp-muted { fill: #64748b }
        .bp .bp-rule { stroke: #94a3b8; stroke-opacity: .4; fill: none }
        .bp .bp-gradient { fill: #c2410c }
        .bp .bp-forward { fill: none; stroke: #64748b; stroke-width: 1.6 }
        .bp .bp-backward { fill: none; stroke: #ea580c; stroke-width: 1.4; stroke-dasharray: 5 4 }
        .bp .bp-forward-tip { fill: #64748b }
        .bp .bp-backward-tip { fill: #ea580c }
        .bp .bp-chip { fill: #fff7ed; stroke: #fdba74 }
        .bp .bp-box.bp-not-finite { stroke: #dc2626; stroke-width: 3 }
        .bp .bp-note { fill: #c2410c }
        @media (prefers-color-scheme: dark) {
          .bp text { fill: #e2e8f0 }
          .bp .bp-background { fill: #0f172a; stroke: #1e293b }
          .bp .bp-input { fill: #172554; stroke: #60a5fa }
          .bp .bp-constant { fill: #1e293b; stroke: #64748b }
          .bp .bp-operation { fill: #2e1065; stroke: #a78bfa }
          .bp .bp-output { fill: #022c22; stroke: #34d399 }
          .bp .bp-badge { fill: #7c3aed }
          .bp .bp-operator { fill: #ffffff }
          .bp .bp-muted { fill: #94a3b8 }
          .bp .bp-gradient { fill: #fdba74 }
          .bp .bp-forward { stroke: #94a3b8 }
          .bp .bp-forward-tip { fill: #94a3b8 }
          .bp .bp-backward { stroke: #fb923c }
          .bp .bp-backward-tip { fill: #fb923c }
          .bp .bp-chip { fill: #2b1a10; stroke: #9a3412 }
          .bp .bp-box.bp-not-finite { stroke: #f87171 }
          .bp .bp-note { fill: #fdba74 }
        }
        """;

    public static readonly Font Name = new(15, Bold: true);
    public static readonly Font Operator = new(12, Bold: true);
    public static readonly Font Value = new(13);
    public static readonly Font Small = new(11);
    public static readonly Font Gradient = new(12.5, Bold: true);
}
