using Backprop.Domain.Quotas;
using Backprop.Infrastructure.Persistence.Graphs;

namespace Backprop.Infrastructure.Tests.Persistence;

/// <summary>Quotas with the limits that a test is about.</summary>
internal static class Quotas
{
    private const long Many = 1_000_000_000;

    public static StorageQuota Of(string items, long client = Many, long clientBytes = Many, long all = Many, long bytes = Many) => new(
        items, new("Client:Count", client), new("Client:Bytes", clientBytes), new("All:Count", all), new("All:Bytes", bytes));

    public static GraphQuota Graphs(long client = Many, long clientBytes = Many, long all = Many, long bytes = Many, long graphBytes = Many, long aliases = 8) => new(
        new("Graph:Bytes", graphBytes), new("Graph:Aliases", aliases), Of("graphs", client, clientBytes, all, bytes));
}
