using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Backprop.Api.Platform.Requests;

/// <summary>An enum value in a query, by its camelCase name as in JSON, but in either case; no numbers (400 otherwise).</summary>
/// <typeparam name="T">The enum.</typeparam>
/// <param name="Value">The value.</param>
internal readonly record struct EnumQueryValue<T>(T Value) where T : struct, Enum
{
    private static readonly Dictionary<string, T> Values = Enum.GetValues<T>()
        .ToDictionary(value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()), StringComparer.OrdinalIgnoreCase);

    /// <summary>The names of all values.</summary>
    public static IReadOnlyCollection<string> Names => Values.Keys;

    /// <summary>Parses a name.</summary>
    /// <param name="text">The name.</param>
    /// <param name="provider">Not used: names are culture-independent.</param>
    /// <param name="word">The value.</param>
    [SuppressMessage("Style", "IDE0060", Justification = "The signature required by parameter binding.")]
    public static bool TryParse(string? text, IFormatProvider? provider, out EnumQueryValue<T> word)
    {
        bool known = Values.TryGetValue(text ?? "", out T value);
        word = new EnumQueryValue<T>(value);
        return known;
    }
}

/// <summary>Describes query values by their type.</summary>
internal static class EnumQueryValue
{
    /// <summary>
    /// The names of all values of an <see cref="EnumQueryValue{T}"/>, optional or not, or of a list of them; null for any other type.
    /// </summary>
    /// <param name="type">The type of the parameter.</param>
    public static IEnumerable<string>? NamesOf(Type type)
    {
        Type given = type.GetElementType() ?? Nullable.GetUnderlyingType(type) ?? type;
        return given.IsGenericType && given.GetGenericTypeDefinition() == typeof(EnumQueryValue<>)
            ? (IEnumerable<string>)given.GetProperty(nameof(EnumQueryValue<DayOfWeek>.Names))!.GetValue(null)!
            : null;
    }
}
