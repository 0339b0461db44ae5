using Backprop.Domain.Graphs;
using Backprop.Domain.Sampling;

namespace Backprop.Domain.Training.Batches;

/// <summary>
/// Which examples each step sees, as functions of the random seed and the step. An epoch has as many batches as PyTorch's <c>DataLoader</c> makes; a
/// step takes <see cref="BatchOptions.AccumulationSteps"/> of them. The last step of an epoch takes those that are left, and its gradients are still
/// divided by that number, as in the usual loop around <c>(loss / accumulation_steps).backward()</c>. A batch of all examples is not shuffled.
/// </summary>
public sealed class MiniBatches
{
    private readonly BatchOptions options;

    private MiniBatches(int examples, int size, BatchOptions options)
    {
        (Examples, Size, this.options) = (examples, size, options);
        PerEpoch = options.DropLast ? examples / size : (int)(((long)examples + size - 1) / size);
        StepsPerEpoch = (PerEpoch + options.AccumulationSteps - 1) / options.AccumulationSteps;
    }

    /// <summary>The number of examples; 1 if there is no data.</summary>
    public int Examples { get; }

    /// <summary>The examples in a batch, except perhaps the last one of an epoch.</summary>
    public int Size { get; }

    /// <summary>The batches in an epoch.</summary>
    public int PerEpoch { get; }

    /// <summary>The steps in an epoch.</summary>
    public int StepsPerEpoch { get; }

    /// <summary>The sizes of batches that occur, the most frequent first.</summary>
    public IReadOnlyList<int> Sizes => options.DropLast || Examples % Size == 0 ? [Size] : [Size, Examples % Size];

    /// <summary>Whether each epoch has an order of its own.</summary>
    public bool IsShuffled => options.Shuffle && Size < Examples;

    /// <summary>The batches of this many examples.</summary>
    /// <param name="examples">The number of examples; null if there is no data.</param>
    /// <param name="options">How they are divided.</param>
    /// <exception cref="GraphException">The options do not fit the data.</exception>
    public static MiniBatches Of(int? examples, BatchOptions options)
    {
        if (options.Size is { } given && (given < 1 || given > (examples ?? 0)))
        {
            throw new GraphException("batchSize", given < 1 ? $"batchSize is {given}, expected at least 1"
                : examples is null ? "there is no data to divide into batches"
                : $"batchSize is {given}, but the data has only {Count(examples.Value, "example")}");
        }

        if (options.AccumulationSteps < 1)
        {
            throw new GraphException("accumulationSteps", $"accumulationSteps is {options.AccumulationSteps}, expected at least 1");
        }

        int all = examples ?? 1;
        var batches = new MiniBatches(all, options.Size ?? all, options);
        return options.AccumulationSteps <= batches.PerEpoch
            ? batches
            : throw new GraphException("accumulationSteps",
                $"accumulationSteps is {options.AccumulationSteps}, but an epoch has only {Count(batches.PerEpoch, "batch", "batches")}");
    }

    /// <summary>The epoch of a step; both count from 0.</summary>
    public long EpochOf(long step) => step / StepsPerEpoch;

    /// <summary>The batches of a step within its epoch.</summary>
    public (int First, int Count) Of(long step)
    {
        int first = (int)(step % StepsPerEpoch) * options.AccumulationSteps;
        return (first, Math.Min(options.AccumulationSteps, PerEpoch - first));
    }

    /// <summary>The positions of a batch in the order of its epoch.</summary>
    public (int First, int Count) Positions(int batch) => (batch * Size, Math.Min(Size, Examples - (batch * Size)));

    /// <summary>Writes the order of the examples in an epoch: a permutation by Fisher and Yates (Knuth, volume 2, algorithm P).</summary>
    public void Order(long epoch, Span<int> order)
    {
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        if (!IsShuffled)
        {
            return;
        }

        var random = SeededGenerator.For(options.Seed, $"epoch {epoch}");
        for (int i = order.Length - 1; i > 0; i--)
        {
            int other = (int)random.Below((uint)i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }
    }

    private static string Count(int count, string one, string? many = null) => count == 1 ? $"1 {one}" : $"{count} {many ?? one + "s"}";
}
