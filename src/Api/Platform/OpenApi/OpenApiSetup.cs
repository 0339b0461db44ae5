using Backprop.Api.Platform.Headers;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Security;
using Backprop.Client.Graphs;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Backprop.Api.Platform.OpenApi;

/// <summary>The OpenAPI document at <c>/swagger/v1/swagger.json</c> and Swagger UI at <c>/swagger</c>.</summary>
internal static class OpenApiSetup
{
    private const string Version = "v1";
    private const string StylePath = "/swagger/locks.css";

    // Swagger UI closes the lock of a route whose credentials are optional or given, as if it demanded some; only open locks remain.
    private const string Style = ".opblock .authorization__btn[aria-label='authorization button locked'] { visibility: hidden; }";

    /// <summary>Registers the generator of the document.</summary>
    /// <param name="builder">The application being built.</param>
    public static WebApplicationBuilder AddBackpropOpenApi(this WebApplicationBuilder builder)
    {
        builder.Services.AddEndpointsApiExplorer();
        builder.Services.AddSwaggerGen(Describe);
        return builder;
    }

    /// <summary>Serves the document and the page.</summary>
    /// <param name="app">The application.</param>
    public static WebApplication UseBackpropOpenApi(this WebApplication app)
    {
        // Other requests skip the checks of these middlewares.
        app.UseWhen(static context => context.Request.Path.StartsWithSegments("/swagger"), UsePage);
        app.MapGet("/", () => TypedResults.Redirect("/swagger/index.html")).ExcludeFromDescription();
        return app;
    }

    private static void UsePage(IApplicationBuilder app)
    {
        app.Use(static (context, next) =>
        {
            SecurityHeaders.ForPage(context);
            return next(context);
        });
        app.Use(static (context, next) => context.Request.Path == StylePath ? WriteStyleAsync(context.Response) : next(context));
        app.UseSwagger();
        app.UseSwaggerUI(page =>
        {
            page.DocumentTitle = "Backprop";
            page.SwaggerEndpoint($"{Version}/swagger.json", "Backprop");
            page.DisplayRequestDuration();
            page.DefaultModelsExpandDepth(0);
            page.EnableDeepLinking();
            page.InjectStylesheet(StylePath);
        });
    }

    private static Task WriteStyleAsync(HttpResponse response)
    {
        response.ContentType = "text/css";
        return response.WriteAsync(Style);
    }

    private static void Describe(SwaggerGenOptions options)
    {
        options.SwaggerDoc(Version, new OpenApiInfo
        {
            Title = "Backprop",
            Version = Version,
            Description =
                "Derivatives over HTTP: gradients, Jacobians, Hessians and their products for any expression (`GET /expressions` describes the " +
                "language) or graph of ONNX operators. Costs: what a training step, its checkpoints or finite differences cost. " +
                "Practice: interview questions and quizzes whose answers are computed.",
            License = new OpenApiLicense { Name = "MIT", Url = new Uri("https://opensource.org/license/mit") },
            Contact = new OpenApiContact { Name = "The Backprop authors" },
        });
        options.AddServer(new OpenApiServer { Url = "/", Description = "This service." });
        foreach (var documentation in Directory.EnumerateFiles(AppContext.BaseDirectory, "Backprop.*.xml").Order(StringComparer.Ordinal))
        {
            options.IncludeXmlComments(documentation);
        }

        options.SupportNonNullableReferenceTypes();
        options.NonNullableReferenceTypesAsRequired();

        // A reference has no description of its own in OpenAPI 3.0; wrapped in `allOf` it has.
        options.UseAllOfToExtendReferenceSchemas();
        options.CustomSchemaIds(SchemaId);
        options.AddSecurityDefinition(SecurityRequirements.Key, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = ApiKeyMiddleware.Header,
            Description = "The key that is configured for writes (ApiKeys:Write) or for computing (ApiKeys:Compute).",
        });
        options.AddSecurityDefinition(SecurityRequirements.Token, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "The access token of a learner, returned by POST /account/login.",
        });
        foreach (Type type in ValueSchemas.Inlined.Concat(ChoiceSchemas.Inlined))
        {
            options.MapType(type, () => new OpenApiSchema());
        }

        options.SchemaFilter<ValueSchemas>();
        options.SchemaFilter<ChoiceSchemas>();
        options.SchemaFilter<ParameterSchema>();
        options.SchemaFilter<ReferenceSchemas>();

        // Parts of values that ValueSchemas describes as a whole; otherwise they would be in the document unused.
        options.MapType(typeof(ReadOnlySpan<long>), () => new OpenApiSchema());
        options.MapType<LiteralNumber>(() => new OpenApiSchema());
        options.MapType(typeof(EnumQueryValue<>), () => new OpenApiSchema { Type = JsonSchemaType.String });
        options.OperationFilter<DocumentedParameters>();
        options.OperationFilter<ErrorResponses>();
        options.OperationFilter<SecurityRequirements>();
        options.OperationFilter<ExampleFilter>();
        options.OperationFilter<OtherFormats>();
        options.ParameterFilter<EnumQueryParameters>();
        options.DocumentFilter<ProblemResponses>();
        options.DocumentFilter<AnswerExamples>();
        options.DocumentFilter<TagDescriptions>();
    }

    // The names of the records, without the suffix that distinguishes them from the types of the domain.
    private static string SchemaId(Type type)
    {
        var name = type.Name.Split('`')[0];
        var arguments = string.Concat(type.GetGenericArguments().Select(SchemaId));
        return (name.EndsWith("Contract", StringComparison.Ordinal) ? name[..^"Contract".Length] : name)
            + (arguments.Length > 0 ? "Of" + arguments : "");
    }
}
