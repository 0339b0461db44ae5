namespace Backprop.Domain.Tests.Running;

internal static class Subsets
{
    /// <summary>Every nonempty subset.</summary>
    public static IEnumerable<T[]> Of<T>(IReadOnlyList<T> items) => Enumerable.Range(1, (1 << items.Count) - 1)
        .Select(chosen => items.Where((_, i) => (chosen >> i & 1) == 1).ToArray());
}
