using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Backprop.Api.Features.Graphs;

/// <summary>A dictionary that creates its values when they are read, so that a large answer is never held in memory as a whole.</summary>
/// <param name="names">The keys, each once, in the order of the entries.</param>
/// <param name="make">Creates the value of the key at an index.</param>
/// <typeparam name="T">The values.</typeparam>
internal sealed class MadeEntries<T>(IReadOnlyList<string> names, Func<int, T> make) : IReadOnlyDictionary<string, T>
{
    private Dictionary<string, int>? places;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => names;

    /// <inheritdoc/>
    public IEnumerable<T> Values => Enumerable.Range(0, names.Count).Select(make);

    /// <inheritdoc/>
    public int Count => names.Count;

    private Dictionary<string, int> Places => places ??= names.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);

    /// <inheritdoc/>
    public T this[string key] => make(Places[key]);

    /// <inheritdoc/>
    public bool ContainsKey(string key) => Places.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value)
    {
        bool known = Places.TryGetValue(key, out int place);
        value = known ? make(place) : default;
        return known;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, T>> GetEnumerator()
    {
        for (int i = 0; i < names.Count; i++)
        {
            yield return new KeyValuePair<string, T>(names[i], make(i));
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
