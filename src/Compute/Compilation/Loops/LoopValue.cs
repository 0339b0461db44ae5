namespace Backprop.Compute.Compilation.Loops;

/// <summary>A value of a group while its passes are found.</summary>
/// <param name="Shape">How its elements lie.</param>
/// <param name="IsTruth">True for truth values.</param>
/// <param name="Function">What makes it from its operands; empty for a value from outside.</param>
/// <param name="Operands">The numbers of its operands.</param>
/// <param name="Fold">Where it joins the elements of its one operand, by what.</param>
/// <param name="Phase">In which pass it is made. Odd phases run over elements, even ones over rows; values from outside are there at −1.</param>
internal sealed record LoopValue(OperandShape Shape, bool IsTruth, string Function, int[] Operands, string Fold, int Phase)
{
    /// <summary>The input of the group, for a value from outside.</summary>
    public int Input { get; init; } = -1;

    /// <summary>What a norm adds to the sum of squares.</summary>
    public double Epsilon { get; init; }

    /// <summary>True where it is there before the group runs.</summary>
    public bool IsGiven => Input >= 0;

    /// <summary>The first phase that can read it: what a reduction makes is not there before all elements have been read.</summary>
    public int ReadyAt => Fold.Length > 0 ? Phase + 1 : Phase;
}
