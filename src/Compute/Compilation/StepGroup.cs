namespace Backprop.Compute.Compilation;

/// <summary>Nodes that run together as one step.</summary>
/// <param name="Operands">The places of the values from outside.</param>
/// <param name="Results">The places of the members that others use.</param>
public abstract record StepGroup(int[] Operands, int[] Results)
{
    /// <summary>For every operand when it is read for the last time, on the group's own clock; −1 where it is not.</summary>
    public abstract int[] LastReads();

    /// <summary>For every result when it is first written, on the same clock: it may take an operand's memory if that is not read later.</summary>
    public abstract int[] FirstWrites();

    /// <summary>Numbers for so many values, none of which has been met.</summary>
    protected static int[] NotMet(int count)
    {
        var times = new int[count];
        Array.Fill(times, -1);
        return times;
    }
}
