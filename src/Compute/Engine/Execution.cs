using Backprop.Domain.Graphs;

namespace Backprop.Compute.Engine;

/// <summary>A result by its key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value.</param>
public readonly record struct KeyedTensor(ResultKey Key, Tensor Value);

/// <summary>The first node at which a NaN or an infinity arose.</summary>
/// <param name="Node">The node that computed it, or the input that contained it.</param>
/// <param name="Pass">The direction of the pass.</param>
/// <param name="Reason">Why: <c>log of 0 at [3]</c>.</param>
public sealed record NumericWarning(string Node, Pass Pass, string Reason);

/// <summary>The outcome of a run.</summary>
/// <param name="Query">The query that was run.</param>
/// <param name="Results">The results in the order of the query.</param>
/// <param name="Warnings">The origins of non-finite results, at most one per pass.</param>
/// <param name="Timing">How long it took.</param>
/// <param name="MeasuredPeakBytes">The most bytes of working memory and results that the run held, if checkpointing was requested.</param>
public sealed record Execution(
    CompiledQuery Query, IReadOnlyList<KeyedTensor> Results, IReadOnlyList<NumericWarning> Warnings, Timing Timing, long? MeasuredPeakBytes = null)
{
    /// <summary>The bytes of all results.</summary>
    public long Bytes => Results.Sum(result => (long)result.Value.Count * result.Value.DType.Size());

    /// <summary>A result by its key.</summary>
    /// <exception cref="KeyNotFoundException">The query has no such result.</exception>
    public Tensor this[ResultKey key]
    {
        get
        {
            for (int i = 0; i < Results.Count; i++)
            {
                if (Results[i].Key == key)
                {
                    return Results[i].Value;
                }
            }

            throw new KeyNotFoundException($"There is no result {key}.");
        }
    }

    /// <summary>The results of a role, in their order.</summary>
    public IEnumerable<KeyedTensor> WithRole(ResultRole role)
    {
        foreach (KeyedTensor result in Results)
        {
            if (result.Key.Role == role)
            {
                yield return result;
            }
        }
    }
}

/// <summary>Where the time of a run went.</summary>
/// <param name="CompileMs">Milliseconds from graph to plan; 0 if the plan was cached.</param>
/// <param name="RunMs">Milliseconds of the plan's execution.</param>
public readonly record struct Timing(double CompileMs, double RunMs);
