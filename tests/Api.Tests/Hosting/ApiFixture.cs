using Backprop.Client;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Backprop.Api.Tests.Hosting;

/// <summary>The shipped service on a real loopback port, with a database of its own.</summary>
public class ApiFixture : WebApplicationFactory<Program>
{
    public const string WriteKey = "the-write-key";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("backprop-tests-");

    private readonly ServiceProvider _clients;

    public ApiFixture()
    {
        UseKestrel(0);
        StartServer();
        var address = Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Address = new Uri(address.Replace("[::]", "127.0.0.1").Replace("0.0.0.0", "127.0.0.1"));
        Http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
        _clients = new ServiceCollection()
            .AddBackpropClient(options => (options.BaseAddress, options.ApiKey) = (Address, WriteKey))
            .Services.BuildServiceProvider();
        Api = _clients.GetRequiredService<IBackpropApi>();
    }

    public Uri Address { get; }

    /// <summary>The path of the database.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Sends requests as they are: no redirects, no compression.</summary>
    public HttpClient Http { get; }

    /// <summary>The client that applications use, with the write key.</summary>
    public IBackpropApi Api { get; }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("urls", "http://127.0.0.1:0");
        builder.UseSetting("ConnectionStrings:Backprop", $"Data Source={Path.Combine(_folder.FullName, "backprop.db")};Pooling=False");
        builder.UseSetting("ApiKeys:Write", WriteKey);
        builder.UseSetting("RateLimits:SignInsPerMinute", "0");
        builder.UseSetting("Compute:Devices", "cuda,opencl,ilgpuCpu");
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Http?.Dispose();
        _clients?.Dispose();
        if (disposing && _folder.Exists)
        {
            _folder.Delete(recursive: true);
        }
    }
}
