using Backprop.Domain.Operators;

namespace Backprop.Infrastructure.Formats.Expressions.Reference;

/// <summary>The functions of the table with their meanings.</summary>
internal static class FunctionCatalogue
{
    private const string Others = "Other operators";

    /// <summary>The functions by family; operators that no family lists come last.</summary>
    public static IReadOnlyList<FunctionFamily> Of(FunctionTable table)
    {
        Dictionary<string, (string Names, Function Function)> unlisted = [];
        foreach ((string names, Function function) in table.Common)
        {
            unlisted[FunctionTable.Key(names.Split(' ')[0])] = (names, function);
        }

        HashSet<string> common = [.. table.Common.SelectMany(row => row.Names.Split(' ')).Select(FunctionTable.Key)];
        foreach (Operator row in OperatorTable.All.Where(row => !common.Contains(FunctionTable.Key(row.Name))))
        {
            unlisted[FunctionTable.Key(row.Name)] = (row.Name, OperatorFunctions.Of(row.Name));
        }

        List<FunctionFamily> families = [];
        foreach ((string title, string meanings) in FunctionMeanings.Families.Concat(FunctionMeanings.ArrayFamilies))
        {
            families.Add(new FunctionFamily(title, [.. Lines(meanings).Select(line => Listed(line, unlisted))]));
        }

        IEnumerable<FunctionEntry> rest = unlisted.Values.OrderBy(row => row.Names, StringComparer.OrdinalIgnoreCase)
            .Select(row => Entry(row.Names.Split(' '), row.Function, $"the operator {row.Names}; see GET /operators"));
        return [.. families, new FunctionFamily(Others, [.. rest])];
    }

    private static FunctionEntry Listed((string Name, string Meaning) line, Dictionary<string, (string Names, Function Function)> unlisted)
    {
        if (!unlisted.Remove(FunctionTable.Key(line.Name), out (string Names, Function Function) row))
        {
            throw new InvalidOperationException($"The table has no function '{line.Name}', or it is listed twice.");
        }

        // An operator is listed under the usual spelling of its name.
        string[] names = row.Names.Split(' ');
        return Entry(names.Length == 1 ? [line.Name] : names, row.Function, line.Meaning);
    }

    private static FunctionEntry Entry(string[] names, Function function, string meaning) => new(
        names, $"{names[0]}({function.Signature})", [.. function.Operands], [.. function.Keywords], function.Operator, meaning);

    private static IEnumerable<(string Name, string Meaning)> Lines(string text) => text.Split('\n')
        .Select(line => line.Trim().Split(": ", 2))
        .Select(parts => (parts[0], parts[1]));
}
