using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Backprop.Compare.Comparisons;

namespace Backprop.Compare.Reports;

/// <summary>An outcome as one line of JSON.</summary>
internal static class JsonLine
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Outcome outcome)
    {
        var line = new JsonObject
        {
            ["case"] = outcome.Case.Name,
            ["oursMs"] = Rounded(outcome.OursMs),
            ["peerMs"] = Rounded(outcome.PeerMs),
            ["ratio"] = Rounded(outcome.Ratio),
            ["peer"] = outcome.Peer,
            ["figure"] = Rounded(outcome.Figure),
            ["unit"] = outcome.Case.Target.Unit,
            ["target"] = outcome.Case.Target.ToString(),
            ["met"] = outcome.IsMet,
        };
        if (outcome.Note is { } note)
        {
            line["note"] = note;
        }

        return line.ToJsonString(Readable);
    }

    // To five digits.
    private static double? Rounded(double? value) => value is { } number && double.IsFinite(number) ? double.Parse($"{number:G5}") : null;
}
