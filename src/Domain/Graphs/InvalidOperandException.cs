namespace Backprop.Domain.Graphs;

/// <summary>An operation cannot be applied to these operands. Code that knows the node turns it into a <see cref="GraphException"/>.</summary>
/// <param name="message">Why.</param>
/// <param name="operand">The index of the invalid operand, or −1.</param>
public sealed class InvalidOperandException(string message, int operand = -1) : Exception(message)
{
    /// <summary>The index of the invalid operand, or −1.</summary>
    public int Operand { get; } = operand;
}
