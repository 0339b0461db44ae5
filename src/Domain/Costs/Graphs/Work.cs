using System.Numerics;

namespace Backprop.Domain.Costs.Graphs;

/// <summary>
/// What operations take. Counts are exact: a node has fewer than 2⁶² of each, and sums of them fit 128 bits.
/// </summary>
/// <param name="Flops">
/// Floating-point operations: one for each addition, multiplication, division, root, comparison or function of one element, two for a multiply-add.
/// Moving elements is none.
/// </param>
/// <param name="Transcendentals">Those among them that are functions had by series or tables (exponentials, logarithms, powers, angles, error and
/// gamma functions); a root is none.</param>
/// <param name="BytesRead">Bytes of operands, each read once by each operation; of gathers and slices only what they pick.</param>
/// <param name="BytesWritten">Bytes of results.</param>
public readonly record struct Work(Int128 Flops, Int128 Transcendentals, Int128 BytesRead, Int128 BytesWritten) : IAdditionOperators<Work, Work, Work>
{
    /// <summary>Bytes read and written.</summary>
    public Int128 Bytes => BytesRead + BytesWritten;

    /// <inheritdoc/>
    public static Work operator +(Work left, Work right) => new(
        left.Flops + right.Flops,
        left.Transcendentals + right.Transcendentals,
        left.BytesRead + right.BytesRead,
        left.BytesWritten + right.BytesWritten);
}
