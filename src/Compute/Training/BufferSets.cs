using Backprop.Compute.Host;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Training;

/// <summary>
/// Several memories for the same values. A step reads one and writes another, so that nothing changes until it has succeeded; then their
/// roles change.
/// </summary>
internal sealed class BufferSets
{
    private readonly Tensor[][] sets;
    private int current;
    private int next = 1;
    private int kept = -1;

    /// <param name="types">The types of the values.</param>
    /// <param name="count">The number of memories: at least two, or three if values are kept.</param>
    public BufferSets(IReadOnlyList<TensorType> types, int count) =>
        sets = [.. Enumerable.Range(0, count).Select(_ => types.Select(BufferPool.Allocate).ToArray())];

    /// <summary>The values now.</summary>
    public Tensor[] Current => sets[current];

    /// <summary>The memory that is written.</summary>
    public Tensor[] Next => sets[next];

    /// <summary>The values that are kept; null if none are.</summary>
    public Tensor[]? Kept => kept < 0 ? null : sets[kept];

    /// <summary>Copies values into the current memory.</summary>
    public void Set(IReadOnlyList<Tensor> values) => Copy(values, Current);

    /// <summary>Copies values into memory that is kept.</summary>
    public void SetKept(IReadOnlyList<Tensor> values)
    {
        kept = next;
        Copy(values, Next);
        Choose();
    }

    /// <summary>What was written becomes the values.</summary>
    public void Advance() => current = next;

    /// <summary>Keeps the values of now until others are kept; what was written stays where it is.</summary>
    public void Keep() => kept = current;

    /// <summary>Chooses the memory to write next: neither the current one nor the one that is kept.</summary>
    public void Choose()
    {
        next = 0;
        while (next == current || next == kept)
        {
            next++;
        }
    }

    private static void Copy(IReadOnlyList<Tensor> from, Tensor[] to)
    {
        for (int i = 0; i < to.Length; i++)
        {
            Array.Copy(from[i].Storage, to[i].Storage, from[i].Count);
        }
    }
}
