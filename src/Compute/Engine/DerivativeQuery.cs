using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Transformations.Checkpointing;

namespace Backprop.Compute.Engine;

/// <summary>What is asked of a graph: how the graph of the results is made, and the further values that it is fed.</summary>
/// <param name="key">Tells queries about one graph apart; part of the plan's key.</param>
/// <param name="auxiliaryInputs">Further values (seeds, tangents), in the order in which the graph of the results takes them.</param>
/// <param name="build">Makes the graph of the results, of one point.</param>
/// <param name="markUses">Whether uses are distinguished.</param>
/// <param name="markConstants">Whether uses of constants are distinguished as well.</param>
/// <param name="checkpointing">Which values of the forward pass are kept, or null if checkpointing was not requested; also part of the key.</param>
public class DerivativeQuery(
    string key,
    IReadOnlyList<AuxiliaryInput> auxiliaryInputs,
    Func<BoundGraph, CancellationToken, TransformedGraph> build,
    bool markUses = false,
    bool markConstants = false,
    CheckpointStrategy? checkpointing = null)
{
    /// <summary>Tells queries about one graph apart; part of the plan's key.</summary>
    public string Key => key;

    /// <summary>Further values (seeds, tangents), in the order in which the graph of the results takes them.</summary>
    public IReadOnlyList<AuxiliaryInput> AuxiliaryInputs => auxiliaryInputs;

    /// <summary>Whether uses are distinguished.</summary>
    public bool MarkUses => markUses;

    /// <summary>Whether uses of constants are distinguished as well.</summary>
    public bool MarkConstants => markConstants;

    /// <summary>Which values of the forward pass are kept, or null if checkpointing was not requested.</summary>
    public CheckpointStrategy? Checkpointing => checkpointing;

    /// <summary>Makes the graph of the results, of one point.</summary>
    public TransformedGraph Build(BoundGraph bound, CancellationToken cancellationToken) => build(bound, cancellationToken);
}

/// <summary>A query that tells something without being run.</summary>
/// <typeparam name="TMetadata">What it tells: mode and passes of a Jacobian, the structure of a trace.</typeparam>
/// <inheritdoc cref="DerivativeQuery"/>
public sealed class DerivativeQuery<TMetadata>(
    string key,
    IReadOnlyList<AuxiliaryInput> auxiliaryInputs,
    Func<BoundGraph, CancellationToken, TransformedGraph<TMetadata>> build,
    bool markUses = false,
    bool markConstants = false,
    CheckpointStrategy? checkpointing = null)
    : DerivativeQuery(key, auxiliaryInputs, build, markUses, markConstants, checkpointing);

/// <summary>A further value.</summary>
/// <param name="Path">Where it stands in the request, and the name of its input: <c>tangents.x</c>.</param>
/// <param name="Value">The value.</param>
public readonly record struct AuxiliaryInput(string Path, Literal Value);
