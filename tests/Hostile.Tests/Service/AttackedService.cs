using Backprop.Hostile.Tests.Attacks;

namespace Backprop.Hostile.Tests.Service;

/// <summary>The service that tests attack one after another. One that has not recovered is replaced, so each attack is independent.</summary>
public sealed class AttackedService : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private ServiceProcess? _service;
    private string _configured = "";
    private int _started;

    /// <summary>The common configuration of every attacked service.</summary>
    private static Dictionary<string, string> Common => new()
    {
        ["Limits:MemoryBytes"] = $"{Settings.MemoryBytes}",
        ["Limits:RegisteredGraphs"] = $"{QuotaFlood.Graphs}",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
    };

    /// <summary>The service with a configuration: the running one if it matches.</summary>
    internal async Task<ServiceProcess> WithAsync(IReadOnlyDictionary<string, string> configuration)
    {
        string configured = string.Join(';', configuration.OrderBy(entry => entry.Key, StringComparer.Ordinal));
        if (_service is { HasExited: false } && configured == _configured)
        {
            return _service;
        }

        Replace();
        _configured = configured;
        _started++;
        var environment = new Dictionary<string, string>([.. Common, .. configuration]);
        _service = await ServiceProcess.StartAsync(_folder.File($"backprop-{_started}.db"), environment);
        await WarmUp.RunAsync(_service.Address);
        return _service;
    }

    /// <summary>Ends the service; the next test gets another one.</summary>
    internal void Replace()
    {
        _service?.Dispose();
        _service = null;
    }

    public void Dispose()
    {
        Replace();
        _folder.Dispose();
    }
}

/// <summary>Tests that share a service, one after another.</summary>
[CollectionDefinition(Name)]
public sealed class AttackedServices : ICollectionFixture<AttackedService>
{
    public const string Name = "Attacked service";
}
