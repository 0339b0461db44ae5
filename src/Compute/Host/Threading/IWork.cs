namespace Backprop.Compute.Host.Threading;

/// <summary>Work in items that can be done in any order and on any thread; a struct, so that starting it allocates nothing.</summary>
internal interface IWork
{
    /// <summary>Does an item; its output must not depend on which thread does it or when.</summary>
    void Do(int item);
}

/// <summary>Work whose later items need results of earlier ones.</summary>
internal interface IPhasedWork : IWork
{
    /// <summary>How many items, from the first on, must be done before this one can start; never the item itself or a later one.</summary>
    int Before(int item);
}

/// <summary>Work over a range of elements or rows that is split into parts.</summary>
internal interface IRangeWork
{
    /// <summary>Does <paramref name="count"/> of them, starting at <paramref name="start"/>.</summary>
    void Do(int start, int count);
}
