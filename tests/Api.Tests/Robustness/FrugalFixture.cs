using Backprop.Api.Tests.Hosting;
using Microsoft.AspNetCore.Hosting;

namespace Backprop.Api.Tests.Robustness;

/// <summary>The service with small limits and one compute permit.</summary>
public sealed class FrugalFixture : ApiFixture
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Limits:MaxNodes", "100");
        builder.UseSetting("Limits:TraceNodes", "10");
        builder.UseSetting("Limits:DiagramNodes", "10");
        builder.UseSetting("Limits:MaxAnswerElements", "1000000");
        builder.UseSetting("Limits:Concurrency", "1");
        builder.UseSetting("Limits:QueueLength", "0");
        builder.UseSetting("Limits:MaxFlops", "1e11");
    }
}
