using Backprop.Api.Features.Experiments;
using Backprop.Client.Experiments;
using Microsoft.OpenApi;

namespace Backprop.Api.Setup;

/// <summary>Experiments.</summary>
internal static class ExperimentsSetup
{
    /// <summary>Registers the documentation of their parameters; they run on the engine of the derivatives.</summary>
    public static WebApplicationBuilder AddBackpropExperiments(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureSwaggerGen(options =>
        {
            options.MapType<ExperimentRequest>(() => new OpenApiSchema { Type = JsonSchemaType.Object });
            options.OperationFilter<ExperimentSchemas>();
            options.SchemaFilter<ExperimentSchemas>();
        });
        return builder;
    }
}
