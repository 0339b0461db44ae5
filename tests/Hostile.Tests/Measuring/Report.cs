using System.Globalization;
using Xunit.Abstractions;

namespace Backprop.Hostile.Tests.Measuring;

/// <summary>Tables of figures as Markdown: in the output of the test, and in the file that HOSTILE_REPORT names.</summary>
internal sealed class Report
{
    private static readonly Lock Writing = new();
    private static Report? s_last;
    private readonly string _title;
    private readonly string[] _columns;

    public Report(string title, params string[] columns) => (_title, _columns) = (title, columns);

    static Report()
    {
        if (Settings.ReportFile is { } file)
        {
            File.WriteAllText(file, "");
        }
    }

    public static string Number(double value) => value.ToString(value < 10 ? "0.00" : "0", CultureInfo.InvariantCulture);

    public void Add(ITestOutputHelper output, params string[] cells)
    {
        string heading = $"{Line(_columns)}\n{Line(_columns.Select(_ => "---"))}";
        string row = Line(cells);
        output.WriteLine($"{heading}\n{row}");
        if (Settings.ReportFile is not { } file)
        {
            return;
        }

        lock (Writing)
        {
            if (s_last != this)
            {
                File.AppendAllText(file, $"\n### {_title}\n\n{heading}\n");
            }

            s_last = this;
            File.AppendAllText(file, $"{row}\n");
        }
    }

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
}
