using Backprop.Api.Platform.Requests;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Backprop.Api.Platform.OpenApi;

/// <summary>Documents an <see cref="EnumQueryValue{T}"/> in a query as its enum, so that generators of clients use one type for both.</summary>
internal sealed class EnumQueryParameters : IParameterFilter
{
    /// <inheritdoc/>
    public void Apply(IOpenApiParameter parameter, ParameterFilterContext context)
    {
        Type? type = context.ParameterInfo?.ParameterType ?? context.PropertyInfo?.PropertyType;
        if (parameter is OpenApiParameter target && type is not null && EnumQueryValue.NamesOf(type) is not null)
        {
            Type value = (type.GetElementType() ?? Nullable.GetUnderlyingType(type) ?? type).GetGenericArguments()[0];
            IOpenApiSchema one = context.SchemaGenerator.GenerateSchema(value, context.SchemaRepository);
            target.Schema = type.IsArray ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = one } : one;
        }
    }
}
