using Backprop.Api.Tests.Hosting;
using Microsoft.AspNetCore.Hosting;

namespace Backprop.Api.Tests.Registry;

/// <summary>The service with room for five graphs.</summary>
public sealed class SmallRegistryFixture : ApiFixture
{
    public const int Quota = 5;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Limits:RegisteredGraphs", $"{Quota}");
    }
}
