namespace Backprop.Domain.Quotas;

/// <summary>A configured limit.</summary>
/// <param name="Name">Its name, for error messages.</param>
/// <param name="Value">The maximum.</param>
public sealed record StorageLimit(string Name, long Value);

/// <summary>The quota of one kind: for one client, and for all of them together.</summary>
/// <param name="Items">What is counted: <c>graphs</c>.</param>
/// <param name="ClientCount">Items of one client.</param>
/// <param name="ClientBytes">Bytes of one client.</param>
/// <param name="Count">Items of all clients.</param>
/// <param name="Bytes">Bytes of all clients.</param>
public sealed record StorageQuota(string Items, StorageLimit ClientCount, StorageLimit ClientBytes, StorageLimit Count, StorageLimit Bytes);
