using System.Collections.Concurrent;

namespace Backprop.Domain.Practice.Grading.Exercises;

/// <summary>Keeps the references of exercises by the texts that determine them, so that each is computed once. Safe for concurrent use.</summary>
/// <typeparam name="T">What is kept.</typeparam>
internal sealed class ReferenceCache<T>
{
    // Of a few hundred kilobytes each.
    private const int MaxKept = 256;
    private readonly ConcurrentDictionary<string, T> kept = new(StringComparer.Ordinal);

    /// <summary>What is kept under a text, made on first use.</summary>
    public T Get(string text, Func<T> make)
    {
        if (kept.TryGetValue(text, out T? found))
        {
            return found;
        }

        if (kept.Count >= MaxKept)
        {
            kept.Clear();
        }

        return kept.GetOrAdd(text, make());
    }
}
