using Backprop.Compare.Comparisons;

namespace Backprop.Compare;

/// <summary>The command-line options.</summary>
internal sealed record Options
{
    public const string Help = """
        bench/compare [--no-build] [options]: runs ours and the peers in turn and prints a table and one JSON line a case.

          --case TEXT        only the cases whose name contains TEXT; may be repeated
          --rounds N         alternating rounds (default 5); a figure is the median of its rounds
          --seconds S        seconds that each side runs in a round (default 0.4; over HTTP 2)
          --no-peers         ours alone
          --list             the cases and their targets
          --estimates        predicted against measured times and memory of some graphs, as Markdown; --case "estimates against reality" is the same
          --json FILE        writes the JSON lines to a file, too
          --markdown         prints the table as Markdown

        BACKPROP_PYTHON names the Python that has torch and fastapi (default: the first of python3 and /usr/bin/python3 that has).
        """;

    public IReadOnlyList<string> Names { get; private set; } = [];

    public int Rounds { get; private set; } = 5;

    public double? Seconds { get; private set; }

    public bool NoPeers { get; private set; }

    public bool List { get; private set; }

    public bool Estimates { get; private set; }

    public string? JsonFile { get; private set; }

    public bool Markdown { get; private set; }

    public bool Chooses(Case each) =>
        Names.Count == 0 || Names.Any(name => each.Name.Contains(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The options, or null with an error message, or without one if help was requested.</summary>
    public static Options? Read(string[] args, out string? complaint)
    {
        complaint = null;
        var options = new Options();
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--case" when i + 1 < args.Length:
                    options.Names = [.. options.Names, args[++i]];
                    options.Estimates |= args[i].StartsWith("estimates", StringComparison.Ordinal);
                    break;
                case "--rounds" when i + 1 < args.Length && int.TryParse(args[i + 1], out int rounds) && rounds > 0:
                    (options.Rounds, i) = (rounds, i + 1);
                    break;
                case "--seconds" when i + 1 < args.Length && double.TryParse(args[i + 1], out double seconds) && seconds > 0:
                    (options.Seconds, i) = (seconds, i + 1);
                    break;
                case "--json" when i + 1 < args.Length:
                    options.JsonFile = args[++i];
                    break;
                case "--estimates":
                    options.Estimates = true;
                    break;
                case "--no-peers":
                    options.NoPeers = true;
                    break;
                case "--list":
                    options.List = true;
                    break;
                case "--markdown":
                    options.Markdown = true;
                    break;
                case "--help" or "-h":
                    return null;
                default:
                    complaint = $"What is '{args[i]}'? See bench/compare --help.";
                    return null;
            }
        }

        return options;
    }
}
