namespace Backprop.Compute.Compilation.Loops;

/// <summary>A value of a group while its passes are determined.</summary>
/// <param name="Shape">How many elements it has for the rows.</param>
/// <param name="IsTruth">True for truth values.</param>
/// <param name="Function">The function that computes it from its operands; empty for a value from outside.</param>
/// <param name="Operands">The numbers of its operands.</param>
/// <param name="Fold">For a reduction of its one operand, the operation.</param>
/// <param name="Phase">The pass that computes it. Odd phases run over elements, even ones over rows; values from outside exist from −1 on.</param>
internal sealed record LoopValue(OperandShape Shape, bool IsTruth, string Function, int[] Operands, string Fold, int Phase)
{
    /// <summary>The index among the group's inputs, for a value from outside.</summary>
    public int Input { get; init; } = -1;

    /// <summary>What a norm adds to the sum of squares.</summary>
    public double Epsilon { get; init; }

    /// <summary>True if it exists before the group runs.</summary>
    public bool IsGiven => Input >= 0;

    /// <summary>The first phase that can read it: the result of a reduction exists only after all elements have been read.</summary>
    public int ReadyAt => Fold.Length > 0 ? Phase + 1 : Phase;
}
