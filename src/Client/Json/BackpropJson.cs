using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Backprop.Client.Json;

/// <summary>The JSON of the contract, the same for client and server.</summary>
public static class BackpropJson
{
    /// <summary>How deep a body may nest.</summary>
    public const int MaxDepth = 64;

    /// <summary>
    /// Strict options: unknown, doubled, missing and null members are refused, enums are camelCase names, numbers that overflow are
    /// refused, absent members are not written. A failure is a <see cref="JsonException"/> and nothing else (<see cref="JsonErrors"/>).
    /// </summary>
    /// <param name="maxElements">The most elements that one tensor value may have when it is read.</param>
    public static JsonSerializerOptions Create(long maxElements = long.MaxValue)
    {
        var options = new JsonSerializerOptions();
        Apply(options, maxElements);
        return options;
    }

    /// <summary>Makes existing options, such as those of ASP.NET Core, the ones of <see cref="Create"/>.</summary>
    public static void Apply(JsonSerializerOptions options, long maxElements = long.MaxValue)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.MaxDepth = MaxDepth;
        options.Converters.Add(new TensorValueConverter(maxElements));
        options.Converters.Add(new NumberConverter());
        options.Converters.Add(new EnumNameConverterFactory());
        options.TypeInfoResolver = JsonTypeInfoResolver.Combine(BackpropJsonContext.Default, new DefaultJsonTypeInfoResolver())
            .WithAddedModifier(NullElements.Refuse);
    }
}
