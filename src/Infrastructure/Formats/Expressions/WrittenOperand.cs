using Backprop.Domain.Graphs;

namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>An operand and the part of the text that writes it.</summary>
/// <param name="Value">The operand.</param>
/// <param name="Start">Where the part begins.</param>
/// <param name="End">Where it ends.</param>
internal readonly record struct WrittenOperand(Operand Value, int Start, int End);
