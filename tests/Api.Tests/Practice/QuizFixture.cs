using Backprop.Api.Tests.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Backprop.Api.Tests.Practice;

/// <summary>The service with the shipped questions and a clock that the tests advance.</summary>
public sealed class QuizFixture : ApiFixture
{
    public AdvancedClock Clock => (AdvancedClock)Services.GetRequiredService<TimeProvider>();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("RateLimits:QuizzesPerMinute", "0");
        builder.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new AdvancedClock())));
    }

    /// <summary>The system time plus the advances.</summary>
    public sealed class AdvancedClock : TimeProvider
    {
        private long _added;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _added));

        public void Advance(TimeSpan by) => Interlocked.Add(ref _added, by.Ticks);
    }
}
