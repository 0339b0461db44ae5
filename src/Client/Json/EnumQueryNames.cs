using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Refit;

namespace Backprop.Client.Json;

/// <summary>Formats values in queries and paths: enums by their camelCase names.</summary>
internal sealed class EnumQueryNames : IUrlParameterFormatter
{
    public string? Format(object? value, ICustomAttributeProvider attributeProvider, Type type) => value switch
    {
        Enum word => JsonNamingPolicy.CamelCase.ConvertName(word.ToString()),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
