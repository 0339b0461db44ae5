using Backprop.Domain.Graphs;
using Backprop.Domain.Training.Batches;
using Backprop.Domain.Training.Binding;

namespace Backprop.Compute.Training;

/// <summary>Gathers the examples of batches into memory that is used again for each batch of its size.</summary>
internal sealed class BatchReader
{
    private readonly IReadOnlyList<BoundValue> data;
    private readonly MiniBatches batches;
    private readonly int[] order;
    private readonly Dictionary<int, Tensor[]> memory;
    private long epoch = -1;

    public BatchReader(IReadOnlyList<BoundValue> data, MiniBatches batches)
    {
        (this.data, this.batches) = (data, batches);
        order = new int[batches.Examples];
        bool isWhole = batches.Size == batches.Examples;
        memory = batches.Sizes.ToDictionary(size => size,
            size => data.Select(value => isWhole ? value.Tensor : Tensor.Zeros(value.TypeOf(size))).ToArray());
    }

    /// <summary>The examples of a batch.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="batch">The batch within it, from 0.</param>
    public Tensor[] Read(long epoch, int batch)
    {
        (int first, int count) = batches.Positions(batch);
        Tensor[] read = memory[count];
        if (count == batches.Examples)
        {
            return read;
        }

        if (this.epoch != epoch)
        {
            batches.Order(epoch, order);
            this.epoch = epoch;
        }

        for (int i = 0; i < read.Length; i++)
        {
            Gather(data[i].Tensor, order.AsSpan(first, count), read[i]);
        }

        return read;
    }

    private static void Gather(Tensor from, ReadOnlySpan<int> examples, Tensor to)
    {
        int length = to.Count / examples.Length;
        for (int i = 0; i < examples.Length; i++)
        {
            Array.Copy(from.Storage, (long)examples[i] * length, to.Storage, (long)i * length, length);
        }
    }
}
