using Backprop.Domain.Graphs;

namespace Backprop.Domain.Costs.Graphs;

/// <summary>Nodes that run together: values between them do not go through memory.</summary>
/// <param name="Nodes">The nodes.</param>
/// <param name="BytesRead">Bytes that they read from outside.</param>
/// <param name="BytesWritten">Bytes of their values that others use.</param>
public sealed record PlannedStep(IReadOnlyList<Node> Nodes, Int128 BytesRead, Int128 BytesWritten)
{
    /// <summary>Bytes read and written.</summary>
    public double Bytes => (double)(BytesRead + BytesWritten);
}
