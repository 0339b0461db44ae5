using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Backprop.Client.Graphs;
using Backprop.Client.Json;
using Backprop.Client.Values;

namespace Backprop.Client;

/// <summary>The JSON of the contract, the same for client and server.</summary>
public static class BackpropJson
{
    /// <summary>The maximum nesting depth of a body.</summary>
    public const int MaxDepth = 64;

    /// <summary>
    /// Strict options: unknown, duplicate, missing and null members are errors, enums are camelCase names, numbers that overflow are errors, absent
    /// members are not written. Every failure is a <see cref="JsonException"/> (<see cref="JsonErrors"/>).
    /// </summary>
    /// <param name="maxElements">The maximum elements of a tensor value that is read.</param>
    public static JsonSerializerOptions Create(long maxElements = long.MaxValue)
    {
        var options = new JsonSerializerOptions();
        Apply(options, maxElements);
        return options;
    }

    /// <summary>Applies the settings of <see cref="Create"/> to existing options, such as those of ASP.NET Core.</summary>
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
