using Backprop.Domain.Graphs;

namespace Backprop.Domain.Costs.Graphs;

/// <summary>Nodes that run together: what lies between them goes through no memory.</summary>
/// <param name="Nodes">The nodes.</param>
/// <param name="BytesRead">Bytes of what they read from outside.</param>
/// <param name="BytesWritten">Bytes of what others use of theirs.</param>
public sealed record PlannedStep(IReadOnlyList<Node> Nodes, Int128 BytesRead, Int128 BytesWritten)
{
    /// <summary>Bytes read and written.</summary>
    public double Bytes => (double)(BytesRead + BytesWritten);
}
