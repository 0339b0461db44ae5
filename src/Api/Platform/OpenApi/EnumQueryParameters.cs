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
        if (parameter is OpenApiParameter { Schema: OpenApiSchema schema } && type is not null && EnumQueryValue.NamesOf(type) is { } names)
        {
            schema.Enum = [.. names.Select(name => (JsonNode)JsonValue.Create(name))];
        }
    }
}
