namespace Backprop.Domain.Quotas;

/// <summary>What has been stored of one kind.</summary>
/// <param name="Count">The number of items.</param>
/// <param name="Bytes">Their bytes.</param>
public readonly record struct Holding(long Count, long Bytes);

/// <summary>What the holders of one kind of items have stored, within a transaction.</summary>
public interface IHoldings
{
    /// <summary>What one holder has stored.</summary>
    Task<Holding> OfAsync(string holder);

    /// <summary>What holders without a quota have stored.</summary>
    Task<Holding> UnlimitedAsync();

    /// <summary>What all holders together have stored.</summary>
    Task<Holding> TotalAsync();

    /// <summary>The holder that has stored the most; among equals, the one idle for longest. Holders without a quota do not count.</summary>
    /// <param name="newcomer">The holder of the item just stored, who counts only if it has others.</param>
    /// <param name="byCount">Whether items are compared, not bytes.</param>
    /// <returns>The holder, or null if there is none.</returns>
    Task<string?> LargestAsync(string newcomer, bool byCount);

    /// <summary>Deletes one item of a holder, never the one just stored, or finds one in use and makes it the last in order.</summary>
    /// <returns>False if there is no other.</returns>
    Task<bool> EvictAsync(string holder);
}
