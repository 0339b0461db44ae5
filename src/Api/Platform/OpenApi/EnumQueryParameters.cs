using System.Text.Json.Nodes;
using Backprop.Api.Platform.Requests;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Backprop.Api.Platform.OpenApi;

/// <summary>Documents the values of a <see cref="EnumQueryValue{T}"/> in a query.</summary>
internal sealed class EnumQueryParameters : IParameterFilter
{
    /// <inheritdoc/>
    public void Apply(IOpenApiParameter parameter, ParameterFilterContext context)
    {
        Type? type = context.ParameterInfo?.ParameterType ?? context.PropertyInfo?.PropertyType;
        type = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        if (parameter is not OpenApiParameter { Schema: OpenApiSchema schema } || type is not { IsGenericType: true }
            || type.GetGenericTypeDefinition() != typeof(EnumQueryValue<>))
            return;
        var names = (IEnumerable<string>)type.GetProperty(nameof(EnumQueryValue<DayOfWeek>.Names))!.GetValue(null)!;
        schema.Enum = [.. names.Select(name => (JsonNode)JsonValue.Create(name))];
    }
}
