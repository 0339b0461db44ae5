namespace Backprop.Compute.Compilation;

/// <summary>Nodes that run together as one step.</summary>
/// <param name="Operands">The places of the values from outside.</param>
/// <param name="Results">The places of the members that others use.</param>
public abstract record StepGroup(int[] Operands, int[] Results)
{
    /// <summary>When an operand is read for the last time, on the group's own clock.</summary>
    public abstract int LastRead(int operand);

    /// <summary>When a result is written, on the same clock: it may take an operand's memory if that is not read later.</summary>
    public abstract int Writer(int result);
}
