namespace Backprop.Domain.Graphs;

/// <summary>
/// An operation cannot be applied to these operands. Whoever knows for which node it was asked turns it into a <see cref="GraphException"/>.
/// </summary>
/// <param name="message">Why.</param>
/// <param name="operand">The place of the operand at fault, or −1.</param>
public sealed class InvalidOperandException(string message, int operand = -1) : Exception(message)
{
    /// <summary>The place of the operand at fault, or −1.</summary>
    public int Operand { get; } = operand;
}
