using System.Text;
using Backprop.Compare.Comparisons;

namespace Backprop.Compare.Reports;

/// <summary>The table for a terminal, with the notes below.</summary>
internal static class PlainTable
{
    public static string Of(IReadOnlyList<Outcome> outcomes)
    {
        string[][] rows = [Row.Heads, .. outcomes.Select(Row.Of)];
        int[] widths = [.. Enumerable.Range(0, Row.Heads.Length).Select(column => rows.Max(row => row[column].Length))];
        var text = new StringBuilder();
        foreach (string[] row in rows)
        {
            IEnumerable<string> cells = row.Select((cell, column) => column is 0 or 3 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            text.AppendLine(string.Join("  ", cells).TrimEnd());
        }

        foreach (Outcome outcome in outcomes.Where(outcome => outcome.Note is not null))
        {
            text.AppendLine($"  {outcome.Case.Name}: {outcome.Note}");
        }

        return text.ToString();
    }
}
