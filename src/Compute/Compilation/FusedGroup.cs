using Backprop.Domain.Graphs;

namespace Backprop.Compute.Compilation;

/// <summary>Where an instruction of a fused group reads an operand or writes its result.</summary>
public enum TileSource
{
    /// <summary>A value from outside.</summary>
    Operand,

    /// <summary>A tile that is internal to the group.</summary>
    Register,

    /// <summary>A value that steps outside the group use, too.</summary>
    Result,
}

/// <summary>One of the tiles of a fused group.</summary>
/// <param name="Source">Which kind.</param>
/// <param name="Index">Which of that kind.</param>
public readonly record struct TileReference(TileSource Source, int Index);

/// <summary>One operation of a fused group.</summary>
/// <param name="Node">The node, whose kernel runs on tiles.</param>
/// <param name="Operands">Its operands.</param>
/// <param name="Target">Where the result is written.</param>
public sealed record TileInstruction(Node Node, TileReference[] Operands, TileReference Target);

/// <summary>
/// Elementwise nodes of one shape that run together, tile by tile: each operand tile is read once, all operations run on tiles that stay in the
/// cache, and only what other steps need is written.
/// </summary>
/// <param name="Shape">The shape of all members.</param>
/// <param name="Operands">The indices of the values from outside.</param>
/// <param name="Results">The indices of the members that other steps use.</param>
/// <param name="Registers">The element types of the tiles that are internal to the group.</param>
/// <param name="Instructions">The operations in order.</param>
public sealed record FusedGroup(Shape Shape, int[] Operands, int[] Results, DType[] Registers, TileInstruction[] Instructions)
    : StepGroup(Operands, Results)
{
    /// <inheritdoc/>
    public override int[] LastReads()
    {
        int[] times = NotMet(Operands.Length);
        for (int time = 0; time < Instructions.Length; time++)
        {
            foreach (TileReference operand in Instructions[time].Operands)
            {
                if (operand.Source == TileSource.Operand)
                {
                    times[operand.Index] = time;
                }
            }
        }

        return times;
    }

    /// <inheritdoc/>
    public override int[] FirstWrites()
    {
        int[] times = NotMet(Results.Length);
        for (int time = Instructions.Length - 1; time >= 0; time--)
        {
            if (Instructions[time].Target is { Source: TileSource.Result } target)
            {
                times[target.Index] = time;
            }
        }

        return times;
    }
}
