using Backprop.Client;
using Backprop.Client.Learners;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Backprop.Browser.Tests.Service;

/// <summary>The shipped service on a real loopback port, with a database of its own and a key for writes.</summary>
internal sealed class ServiceFixture : WebApplicationFactory<Program>
{
    public const string WriteKey = "the-write-key";

    // The password that the examples of the document use.
    private const string Password = "a long walk by the sea";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("backprop-browser-");

    private readonly ServiceProvider _clients;

    public ServiceFixture()
    {
        UseKestrel(0);
        StartServer();
        string address = Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Address = new UriBuilder(address) { Host = "127.0.0.1" }.Uri;
        _clients = new ServiceCollection().AddBackpropClient(options => options.BaseAddress = Address).Services.BuildServiceProvider();
        Api = _clients.GetRequiredService<IBackpropApi>();
    }

    public Uri Address { get; }

    public IBackpropApi Api { get; }

    /// <summary>Registers a new learner and signs in.</summary>
    public async Task<AccountTokens> SignUpAsync()
    {
        var learner = new Credentials { Email = $"{Guid.NewGuid():N}@example.org", Password = Password };
        await Api.RegisterAsync(learner);
        return await Api.SignInAsync(learner);
    }

    /// <summary>The OpenAPI document of the service.</summary>
    public async Task<string> ReadDocumentAsync()
    {
        using var http = new HttpClient { BaseAddress = Address };
        return await http.GetStringAsync("/swagger/v1/swagger.json");
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("urls", "http://127.0.0.1:0");
        builder.UseSetting("ConnectionStrings:Backprop", $"Data Source={Path.Combine(_folder.FullName, "backprop.db")};Pooling=False");
        builder.UseSetting("ApiKeys:Write", WriteKey);

        // Most operations of a learner get one of their own.
        builder.UseSetting("RateLimits:SignInsPerMinute", "0");
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _clients?.Dispose();
        if (disposing && _folder.Exists)
        {
            _folder.Delete(recursive: true);
        }
    }
}
