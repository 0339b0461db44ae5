using Backprop.Api.Tests.Hosting;
using Microsoft.AspNetCore.Hosting;

namespace Backprop.Api.Tests.Robustness;

/// <summary>The service with a short time limit.</summary>
public sealed class ImpatientFixture : ApiFixture
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Limits:Seconds", "2");
    }
}
