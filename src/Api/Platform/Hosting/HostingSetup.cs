using System.IO.Compression;
using Backprop.Api.Platform.Problems;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Backprop.Api.Platform.Hosting;

/// <summary>Marks a HEAD request, which is handled as GET: a body without end must not be begun.</summary>
internal sealed record HeadRequest;

/// <summary>Where the service listens, and how answers are transferred.</summary>
internal static class HostingSetup
{
    private const string DefaultUrl = "http://*:8080";
    private const string ShutdownTimeout = "shutdownTimeoutSeconds";

    // Less than the ten seconds after which containers are killed; then connections are aborted, which cancels their computations.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Port 8080 unless configured otherwise, compressed answers, and a few seconds for a graceful shutdown.</summary>
    /// <param name="builder">The application being built.</param>
    public static WebApplicationBuilder AddBackpropHosting(this WebApplicationBuilder builder)
    {
        if (!IsBound(builder.Configuration))
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        builder.Services.AddHostedService<StartFailure>();
        if (builder.Configuration[ShutdownTimeout] is null)
        {
            builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = Grace);
        }

        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, BlockPoolFactory>();
        builder.Services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, ProblemWriter.ContentType, "image/svg+xml", "text/vnd.graphviz"];
        });
        builder.Services.Replace(ServiceDescriptor.Singleton<IResponseCompressionProvider, LargeAnswerCompression>());
        builder.Services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        builder.Services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        return builder;
    }

    /// <summary>Every GET route also answers HEAD: the server sends the headers and drops the body.</summary>
    /// <param name="app">The application, before routing.</param>
    public static WebApplication UseHeadAsGet(this WebApplication app)
    {
        app.Use(static (context, next) =>
        {
            if (context.Request.Method == HttpMethods.Head)
            {
                context.Request.Method = HttpMethods.Get;
                context.Features.Set(new HeadRequest());
            }

            return next(context);
        });
        return app;
    }

    private static bool IsBound(IConfiguration configuration) =>
        configuration["urls"] is { Length: > 0 }
        || configuration["http_ports"] is { Length: > 0 }
        || configuration["https_ports"] is { Length: > 0 }
        || configuration.GetSection("Kestrel:Endpoints").Exists();
}
