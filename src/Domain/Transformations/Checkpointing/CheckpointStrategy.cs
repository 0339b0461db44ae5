namespace Backprop.Domain.Transformations.Checkpointing;

/// <summary>Which values of the forward pass are kept for the backward pass; the others are recomputed from them.</summary>
public abstract record CheckpointStrategy
{
    private const int LongChain = 10_000;

    /// <summary>Distinguishes strategies in the key of a plan.</summary>
    public abstract string Key { get; }

    /// <summary>Everything is kept.</summary>
    public sealed record None : CheckpointStrategy
    {
        /// <inheritdoc/>
        public override string Key => "none";
    }

    /// <summary>
    /// Segments of ⌈√n⌉ of the n layers, with their ends kept (Chen, Xu, Zhang, Guestrin: Training Deep Nets with Sublinear Memory Cost, 2016):
    /// memory O(√n), at most one additional forward pass.
    /// </summary>
    public sealed record Sqrt : CheckpointStrategy
    {
        /// <inheritdoc/>
        public override string Key => "sqrt";
    }

    /// <summary>Segments of <paramref name="Layers"/> layers, with their ends kept.</summary>
    /// <param name="Layers">The length of a segment, at least 1.</param>
    public sealed record Every(long Layers) : CheckpointStrategy
    {
        /// <inheritdoc/>
        public override string Key => $"every:{Layers}";
    }

    /// <summary>Keeps the named values, and everything computed after the last of them.</summary>
    /// <param name="Names">Names of values of the submitted graph.</param>
    public sealed record Save(IReadOnlyList<string> Names) : CheckpointStrategy
    {
        /// <inheritdoc/>
        public override string Key => "save:" + string.Join(',', Names.Select(name => $"{name.Length}:{name}"));
    }

    /// <summary>The binomial schedule, which needs the fewest recomputed layers (<see cref="BinomialSchedule"/>).</summary>
    /// <param name="Slots">States that may be stored at a time in addition to the inputs, at least 1.</param>
    public sealed record Revolve(long Slots) : CheckpointStrategy
    {
        /// <inheritdoc/>
        public override string Key => $"revolve:{Slots}";
    }

    /// <summary>The strategy with the fewest recomputed operations of those whose planned peak fits.</summary>
    /// <param name="Bytes">The most bytes of working memory and results together.</param>
    public sealed record MemoryBudget(long Bytes) : CheckpointStrategy
    {
        /// <inheritdoc/>
        public override string Key => $"budget:{Bytes}";
    }

    /// <summary>
    /// Strategies to choose from if memory is limited: from everything kept to few values, in factors of two, or of eight if a plan takes long to
    /// make.
    /// </summary>
    /// <param name="layers">The length of the chain.</param>
    public static IEnumerable<CheckpointStrategy> Candidates(int layers)
    {
        yield return new None();
        yield return new Sqrt();
        for (long step = 1; step < layers; step *= layers > LongChain ? 8 : 2)
        {
            yield return new Every(step);
            yield return new Revolve(step);
        }
    }
}
