namespace Backprop.Domain.Graphs;

/// <summary>Comparison of attributes by their content.</summary>
public static class AttributeValues
{
    /// <summary>True if both have the same names with the same values.</summary>
    public static bool Same(IReadOnlyDictionary<string, AttributeValue> x, IReadOnlyDictionary<string, AttributeValue> y)
    {
        if (x.Count != y.Count)
        {
            return false;
        }

        foreach ((string name, AttributeValue value) in x)
        {
            if (!y.TryGetValue(name, out AttributeValue? other) || !Same(value, other))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Equal for attributes of the same content, whatever their order.</summary>
    public static int HashOf(IReadOnlyDictionary<string, AttributeValue> attributes)
    {
        int sum = 0;
        foreach ((string name, AttributeValue value) in attributes)
        {
            sum += HashCode.Combine(name, HashOf(value));
        }

        return sum;
    }

    private static int HashOf(AttributeValue value)
    {
        var hash = new HashCode();
        if (value.Numbers is { } numbers)
        {
            hash.AddBytes(numbers.Value.Bytes());
        }

        foreach (string text in value.Texts ?? [])
        {
            hash.Add(text);
        }

        return hash.ToHashCode();
    }

    /// <summary>True if both have the same content.</summary>
    public static bool Same(AttributeValue x, AttributeValue y)
    {
        if (x.Texts is { } texts)
        {
            return y.Texts is { } others && texts.SequenceEqual(others, StringComparer.Ordinal);
        }

        return x.Numbers is { } a && y.Numbers is { } b && a.Value.Type == b.Value.Type && a.Value.Bytes().SequenceEqual(b.Value.Bytes());
    }
}
