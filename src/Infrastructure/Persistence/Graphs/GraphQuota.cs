using Backprop.Domain.Quotas;

namespace Backprop.Infrastructure.Persistence.Graphs;

/// <summary>The limits of the registry.</summary>
/// <param name="GraphBytes">Stored bytes of one graph.</param>
/// <param name="Aliases">Aliases that one client gives to one graph.</param>
/// <param name="Storage">Graphs and bytes of one client, and of all.</param>
public sealed record GraphQuota(StorageLimit GraphBytes, StorageLimit Aliases, StorageQuota Storage);
