namespace Backprop.Domain.Practice.Units;

/// <summary>Reads units as people write them: <c>years</c>, <c>GB/s</c>, <c>billion passes</c>, <c>FLOPs per token</c>.</summary>
public static class UnitReader
{
    private const int MostMeanings = 16;

    /// <summary>All meanings of a text; empty if one of its words is not a unit.</summary>
    public static IReadOnlyList<Unit> Read(string text) => Read(text, UnitTable.Find);

    /// <summary>The meanings of a text if the case of its letters does not matter: of <c>Gb</c>, the gigabit and the gigabyte.</summary>
    public static IReadOnlyList<Unit> ReadInAnyCase(string text) => Read(text, UnitTable.FindInAnyCase);

    private static IReadOnlyList<Unit> Read(string text, Func<string, IReadOnlyList<Unit>> find)
    {
        IReadOnlyList<Unit> meanings = [Unit.One];
        bool divides = false;
        foreach (string word in Words(text))
        {
            if (word is "/" or "per" or "a" or "an" or "each")
            {
                divides = true;
                continue;
            }

            meanings = [.. Combined(meanings, find(word), divides).Distinct().Take(MostMeanings)];
            divides = false;
        }

        return divides ? [] : meanings;
    }

    private static IEnumerable<Unit> Combined(IReadOnlyList<Unit> some, IReadOnlyList<Unit> others, bool divides) =>
        from x in some
        from y in others
        select divides ? new Unit(x.Factor / y.Factor, x.Dimension / y.Dimension) : new Unit(x.Factor * y.Factor, x.Dimension * y.Dimension);

    private static string[] Words(string text) => text
        .Replace("per cent", "percent", StringComparison.OrdinalIgnoreCase)
        .Replace("%", " % ", StringComparison.Ordinal)
        .Replace("/", " / ", StringComparison.Ordinal)
        .Replace("*", " ", StringComparison.Ordinal)
        .Replace("-", " ", StringComparison.Ordinal)
        .Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(word => word.TrimEnd('.'))
        .Where(word => word.Length > 0)
        .ToArray();
}
