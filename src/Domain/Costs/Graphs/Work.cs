using System.Numerics;

namespace Backprop.Domain.Costs.Graphs;

/// <summary>The work of operations. Counts are exact: a node has fewer than 2⁶² of each, and their sums fit 128 bits.</summary>
/// <param name="Flops">Floating-point operations: one for each addition, multiplication, division, root, comparison or function of one element, two
/// for a multiply-add. Moving elements counts as none.</param>
/// <param name="Transcendentals">The FLOPs that are functions computed by series or tables (exponentials, logarithms, powers, angles, error and gamma
/// functions); roots do not count.</param>
/// <param name="BytesRead">Bytes of operands, each read once per operation; for gathers and slices only the selected elements.</param>
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
