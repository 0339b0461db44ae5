using System.Text;
using Backprop.Compare.Comparisons;

namespace Backprop.Compare.Reports;

/// <summary>The table of docs/performance.md.</summary>
internal static class MarkdownTable
{
    public static string Of(IReadOnlyList<Outcome> outcomes)
    {
        var text = new StringBuilder();
        text.AppendLine("| case | ours | peer | | figure | target |").AppendLine("| --- | --: | --: | --- | --: | --: |");
        foreach (Outcome outcome in outcomes)
        {
            string[] row = Row.Of(outcome);
            string figure = outcome.IsMet == false ? row[4] : $"**{row[4]}**";
            text.AppendLine($"| {row[0]} | {row[1]} | {row[2]} | {row[3]} | {figure} | {row[5]} |");
        }

        return text.ToString();
    }
}
