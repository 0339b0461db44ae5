namespace Backprop.Domain.Graphs.Binding;

/// <summary>Lists of names that a request gives.</summary>
public static class DistinctNames
{
    /// <summary>Checks that no name is given twice.</summary>
    /// <param name="names">The names.</param>
    /// <param name="path">Their JSON path.</param>
    /// <exception cref="GraphException">A name is given twice.</exception>
    public static void Require(IReadOnlyList<string> names, string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < names.Count; i++)
        {
            if (!seen.Add(names[i]))
            {
                throw new GraphException($"{path}[{i}]", $"'{names[i]}' is named twice; once is enough");
            }
        }
    }
}
