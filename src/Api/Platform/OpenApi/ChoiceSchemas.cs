using System.Text.Json.Nodes;
using Backprop.Client.Costs;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Backprop.Api.Platform.OpenApi;

/// <summary>The schemas of members that are either an id or an object.</summary>
internal sealed class ChoiceSchemas : ISchemaFilter
{
    private static readonly Dictionary<Type, (Type Description, string Example, string Route)> Choices = new()
    {
        [typeof(ModelChoice)] = (typeof(ModelDescription), "gpt3-175b", "/models"),
        [typeof(HardwareChoice)] = (typeof(HardwareDescription), "a100-sxm-80gb", "/hardware"),
    };

    /// <summary>The types whose schema stands in each member.</summary>
    public static IEnumerable<Type> Inlined => Choices.Keys;

    /// <inheritdoc/>
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema target || !Choices.TryGetValue(context.Type, out var choice))
        {
            return;
        }

        target.Type = null;
        target.Properties = null;
        target.Required = null;
        target.AdditionalPropertiesAllowed = true;
        target.AdditionalProperties = null;
        target.Examples = [JsonValue.Create(choice.Example)];
        target.OneOf =
        [
            new OpenApiSchema
            {
                Title = "id",
                Type = JsonSchemaType.String,
                Description = $"An id or alias of the catalogue (`GET {choice.Route}`).",
                Examples = [JsonValue.Create(choice.Example)],
            },
            context.SchemaGenerator.GenerateSchema(choice.Description, context.SchemaRepository),
        ];
    }
}
