namespace Backprop.Domain.Practice.Units;

/// <summary>
/// The units that answers may have. Years have 365.25 days (the Julian year of the IAU); kB is 1000 bytes and KiB 1024 (IEC 80000-13); a
/// multiply-accumulate is two operations. A name may have several meanings (<c>B</c>: byte, billion): the question decides.
/// </summary>
internal static class UnitTable
{
    private const double Day = 86400;
    private static readonly PhysicalDimension Time = new(Seconds: 1);
    private static readonly PhysicalDimension Memory = new(Bytes: 1);
    private static readonly PhysicalDimension Work = new(Operations: 1);
    private static readonly PhysicalDimension Speed = Work / Time;
    private static readonly Dictionary<string, List<Unit>> Units = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, List<Unit>> Loose = new(StringComparer.OrdinalIgnoreCase);

    static UnitTable()
    {
        AddTimes();
        AddMemory();
        AddWork();
        AddCounts();
    }

    /// <summary>The meanings of a name, as spelled or otherwise in any case; empty if it is unknown.</summary>
    public static IReadOnlyList<Unit> Find(string name) =>
        Units.TryGetValue(name, out List<Unit>? exact) ? exact : Loose.TryGetValue(name, out List<Unit>? loose) ? loose : [];

    /// <summary>The meanings of a name in any case.</summary>
    public static IReadOnlyList<Unit> FindInAnyCase(string name) => Loose.TryGetValue(name, out List<Unit>? loose) ? loose : [];

    /// <summary>The sizes that quantities of a dimension are usually given in.</summary>
    public static IEnumerable<double> Factors(PhysicalDimension dimension) =>
        dimension == default ? [1, 0.01] : Units.Values.SelectMany(units => units).Where(unit => unit.Dimension == dimension)
            .Select(unit => unit.Factor).Distinct();

    private static void AddTimes()
    {
        Add(1, Time, "s", "sec", "secs", "second", "seconds");
        Prefixed("MG", (prefix, power) => Add(Math.Pow(1000, power), Time, prefix + "s"));
        Add(1000, Time, "ks");
        Add(1e-3, Time, "ms", "msec", "millisecond", "milliseconds");
        Add(1e-6, Time, "us", "usec", "microsecond", "microseconds");
        Add(1e-9, Time, "ns", "nanosecond", "nanoseconds");
        Add(60, Time, "min", "mins", "minute", "minutes");
        Add(3600, Time, "h", "hr", "hrs", "hour", "hours");
        Add(Day, Time, "d", "day", "days");
        Add(7 * Day, Time, "w", "wk", "week", "weeks");
        Add(365.25 * Day / 12, Time, "mo", "month", "months");
        Add(365.25 * Day, Time, "y", "yr", "yrs", "year", "years");
        Add(36525 * Day, Time, "century", "centuries");
        Add(365250 * Day, Time, "millennium", "millennia", "millenniums");
    }

    private static void AddMemory()
    {
        Add(1, Memory, "B", "byte", "bytes");
        Add(0.125, Memory, "bit", "bits");
        Add(125, Memory, "kb", "Kb", "kbit", "Kbit");
        Add(1000, Memory, "kB", "KB", "kilobyte", "kilobytes");
        Add(1024, Memory, "KiB", "kibibyte", "kibibytes");
        Prefixed("MGTPE", (prefix, power) =>
        {
            Add(Math.Pow(1000, power), Memory, prefix + "B");
            Add(Math.Pow(1024, power), Memory, prefix + "iB");
            Add(Math.Pow(1000, power) / 8, Memory, prefix + "bit", prefix + "b");
        });
        Add(1e6, Memory, "megabyte", "megabytes");
        Add(1e9, Memory, "gigabyte", "gigabytes");
        Add(1e12, Memory, "terabyte", "terabytes");
        Add(1 << 20, Memory, "mebibyte", "mebibytes");
        Add(1 << 30, Memory, "gibibyte", "gibibytes");
    }

    // FLOPS is written for operations and for operations per second.
    private static void AddWork()
    {
        Add(1, Work, "FLOP", "FLOPs", "FLOPS", "operation", "operations", "op", "ops");
        Add(1, Speed, "FLOPS");
        Add(2, Work, "MAC", "MACs");
        Add(1000, Work, "kFLOP", "kFLOPs");
        Prefixed("MGTPEZ", (prefix, power) =>
        {
            double factor = Math.Pow(1000, power);
            Add(factor, Work, prefix + "FLOP", prefix + "FLOPs", prefix + "FLOPS");
            Add(factor, Speed, prefix + "FLOPS");
            Add(2 * factor, Work, prefix + "MAC", prefix + "MACs");
        });
    }

    private static void AddCounts()
    {
        Add(0.01, default, "%", "percent", "pct", "percentage");
        Add(0.001, default, "‰");
        Add(1e3, default, "k", "K", "thousand", "thousands");
        Add(1e6, default, "M", "mn", "mio", "million", "millions");
        Add(1e9, default, "G", "B", "bn", "billion", "billions");
        Add(1e12, default, "T", "tn", "trillion", "trillions");
        Add(1e15, default, "P", "quadrillion");
        Add(1e18, default, "E", "quintillion");
        Add(
            1, default, "x", "fold", "time", "times", "layer", "layers", "parameter", "parameters", "param", "params", "weight", "weights", "element",
                "elements", "value",
            "values", "activation", "activations", "unit", "units", "entry", "entries", "number", "numbers", "token", "tokens", "sequence",
                "sequences", "sample", "samples");
        Add(
            1, default, "pass", "passes", "evaluation", "evaluations", "eval", "evals", "step", "steps", "call", "calls", "product", "products",
                "forward", "forwards",
            "backward", "backwards", "row", "rows", "column", "columns", "state", "states", "head", "heads", "microbatch", "microbatches", "gpu",
                "gpus", "nat", "nats");
    }

    private static void Prefixed(string prefixes, Action<string, int> add)
    {
        for (int i = 0; i < prefixes.Length; i++)
        {
            add(prefixes[i].ToString(), i + 2);
        }
    }

    private static void Add(double factor, PhysicalDimension dimension, params string[] names)
    {
        var unit = new Unit(factor, dimension);
        foreach (string name in names)
        {
            Into(Units, name, unit);
            Into(Loose, name, unit);
        }
    }

    private static void Into(Dictionary<string, List<Unit>> table, string name, Unit unit)
    {
        if (!table.TryGetValue(name, out List<Unit>? units))
        {
            table[name] = units = [];
        }

        if (!units.Contains(unit))
        {
            units.Add(unit);
        }
    }
}
