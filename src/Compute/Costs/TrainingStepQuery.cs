using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Transformations.Checkpointing;

namespace Backprop.Compute.Costs;

/// <summary>One training step without the optimizer: the value, then its gradients, and nothing else.</summary>
public static class TrainingStepQuery
{
    /// <summary>The query. Its first result is the value, the others are the gradients. An output of several elements adds a seed.</summary>
    /// <param name="wrt">What to differentiate by, or null for every float input.</param>
    /// <param name="output">The output, or null for the only one.</param>
    /// <param name="checkpointing">Which values are recomputed; null for none.</param>
    public static DerivativeQuery<StepFacts> Of(IReadOnlyList<string>? wrt, string? output, CheckpointStrategy? checkpointing = null) => new(
        $"step|{Queries.Names(wrt)}|{output}|{checkpointing?.Key}",
        [],
        (bound, cancellationToken) => Transform(bound, wrt, output, cancellationToken),
        checkpointing: checkpointing);

    /// <summary>The graph of the step, of one point.</summary>
    internal static TransformedGraph<StepFacts> Transform(
        BoundGraph bound, IReadOnlyList<string>? wrt, string? output, CancellationToken cancellationToken)
    {
        string name = ElementSelection.Output(bound.Order.Definition, output);
        Node value = ElementSelection.Differentiable(bound, name);
        IReadOnlyList<string> by = ElementSelection.Wrt(bound, wrt);
        bool isScalar = value.Type.Count == 1;
        Node seed = isScalar ? bound.Builder.Full(value.Type, 1) : bound.Builder.Input("seed", value.Type);
        Node[] gradients = Queries.Gradients(bound, new() { [value] = seed }, by, cancellationToken);
        return new TransformedGraph<StepFacts>(
            isScalar ? [] : [(seed, value)],
            [new KeyedNode(ResultKey.Value, value), .. Queries.Keyed(ResultRole.Gradient, by, gradients)],
            new StepFacts(by, [.. by.Select(input => bound.Values[input].Type)]));
    }
}

/// <summary>What a step differentiates with respect to.</summary>
/// <param name="Wrt">The names.</param>
/// <param name="Types">The types of one point.</param>
public sealed record StepFacts(IReadOnlyList<string> Wrt, IReadOnlyList<TensorType> Types)
{
    /// <summary>The elements of all of them.</summary>
    public long Elements => Types.Sum(type => type.Count);

    /// <summary>The bytes of all of them.</summary>
    public long Bytes => Types.Sum(type => type.Count * type.DType.Size());
}
