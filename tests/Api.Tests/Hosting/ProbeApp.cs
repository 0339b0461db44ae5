using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Backprop.Api.Tests.Hosting;

/// <summary>The service's own pipeline around endpoints mapped by a test, on a real loopback port, without a database.</summary>
public sealed class ProbeApp : IAsyncDisposable
{
    private static readonly string NoDatabase =
        $"--ConnectionStrings:Backprop=Data Source={Path.Combine(Path.GetTempPath(), Path.GetRandomFileName(), "none.db")}";

    private readonly WebApplication _app;

    private ProbeApp(WebApplication app)
    {
        _app = app;
        Http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Http { get; }

    public static async Task<ProbeApp> StartAsync(
        Action<IEndpointRouteBuilder> map, Action<IServiceCollection>? services = null, params (string Key, string Value)[] settings)
    {
        var arguments = settings.Select(setting => $"--{setting.Key}={setting.Value}");
        var builder = WebApplication.CreateBuilder(["--urls=http://127.0.0.1:0", "--environment=Production", NoDatabase, .. arguments]);
        builder.AddBackprop();
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseBackprop();
        map(app);
        await app.StartAsync();
        return new ProbeApp(app);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
