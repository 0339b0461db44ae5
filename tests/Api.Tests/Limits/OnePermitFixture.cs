using Backprop.Api.Tests.Hosting;
using Microsoft.AspNetCore.Hosting;

namespace Backprop.Api.Tests.Limits;

/// <summary>The service with one permit and no queue.</summary>
public sealed class OnePermitFixture : ApiFixture
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Limits:Concurrency", "1");
        builder.UseSetting("Limits:QueueLength", "0");
    }
}
