using Backprop.Compare.Comparisons;

namespace Backprop.Compare.Reports;

/// <summary>The texts of a row of the table.</summary>
internal static class Row
{
    public static string[] Heads { get; } = ["case", "ours", "peer", "", "figure", "target", "met"];

    public static string[] Of(Outcome outcome) =>
    [
        outcome.Case.Name,
        Duration(outcome.OursMs),
        Duration(outcome.PeerMs),
        outcome.Peer ?? string.Empty,
        outcome.Figure is { } figure ? outcome.Case.Target.Text(figure) : "–",
        outcome.Case.Target.ToString(),
        outcome.IsMet switch { true => "yes", false => "no", null => "–" },
    ];

    private static string Duration(double? ms) => ms switch
    {
        null => "–",
        < 0.001 => $"{1e6 * ms:0} ns",
        < 0.1 => $"{1e3 * ms:0.0} µs",
        < 10 => $"{ms:0.00} ms",
        _ => $"{ms:0.0} ms",
    };
}
