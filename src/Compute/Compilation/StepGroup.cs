namespace Backprop.Compute.Compilation;

/// <summary>Nodes that run together as one step.</summary>
/// <param name="Operands">The indices of the values from outside.</param>
/// <param name="Results">The indices of the members that other steps use.</param>
public abstract record StepGroup(int[] Operands, int[] Results)
{
    /// <summary>For every operand the time of its last read, on the group's own clock; −1 if it is not read.</summary>
    public abstract int[] LastReads();

    /// <summary>For every result the time of its first write, on the same clock: it may take an operand's memory if that is not read later.</summary>
    public abstract int[] FirstWrites();

    /// <summary>An array of this length that marks all values as not yet seen.</summary>
    protected static int[] NotMet(int count)
    {
        var times = new int[count];
        Array.Fill(times, -1);
        return times;
    }
}
