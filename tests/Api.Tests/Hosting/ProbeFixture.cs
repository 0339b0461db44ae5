using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Backprop.Api.Tests.Hosting;

/// <summary>One probe app for the tests of a class, with small limits.</summary>
public sealed class ProbeFixture : IAsyncLifetime
{
    public const int MaxBodyBytes = 100_000;

    public ProbeApp App { get; private set; } = null!;

    public HttpClient Http => App.Http;

    public async Task InitializeAsync() => App = await ProbeApp.StartAsync(
        Probes.Map, Register, ("Limits:MaxBodyBytes", $"{MaxBodyBytes}"), ("Limits:Seconds", "0.3"));

    public Task DisposeAsync() => App.DisposeAsync().AsTask();

    public static void Register(IServiceCollection services) => services.AddSingleton<IValidator<ProbeRequest>, ProbeValidator>();
}
